/**
 * When an object was born, and which births have reached the old generation by now: read on the
 * service's threads, fed by the agent's.
 *
 * <p>Under the agent these classes live in the boot loader, so nothing here may use a lambda,
 * string concatenation, logging or any dependency.
 */
@NullMarked
package io.poolwatch.gc;

import org.jspecify.annotations.NullMarked;
