/**
 * Services in the environments that services are found in: containers, modules, other agents, other
 * versions of what the agent carries, small and trimmed JVMs; each in a JVM of its own with the
 * packaged {@code poolwatch.jar}.
 */
@NullMarked
package io.poolwatch.environment;

import org.jspecify.annotations.NullMarked;
