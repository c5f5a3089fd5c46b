/**
 * The one class that the JVM calls and that the service could see: {@code premain}, {@code
 * agentmain} and {@code main}. Java 8 bytecode, so that an old JVM gets a line it can print.
 */
@NullMarked
package io.poolwatch.agent;

import org.jspecify.annotations.NullMarked;
