/**
 * The command line: what {@code java -jar poolwatch.jar} does, in a JVM of its own. Nothing here is
 * loaded into a service.
 */
@NullMarked
package io.poolwatch.agent.cli;

import org.jspecify.annotations.NullMarked;
