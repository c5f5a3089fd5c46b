/**
 * Services in JVMs of their own, with the packaged {@code poolwatch.jar} and without: builds the
 * small services of {@code src/test/services}, runs them, and reads what the agent told about them.
 */
@NullMarked
package io.poolwatch.fork;

import org.jspecify.annotations.NullMarked;
