/**
 * A pool's book: exact counts of what a pool did with its objects, and the snapshots that readers
 * get of them.
 *
 * <p>Writers are woven into the watched service and run on its threads; readers are exporters on
 * the agent's own thread. Under the agent these classes live in the boot loader, so nothing here
 * may use a lambda, string concatenation, logging or any dependency.
 */
@NullMarked
package io.poolwatch.book;

import org.jspecify.annotations.NullMarked;
