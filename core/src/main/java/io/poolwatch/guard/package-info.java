/**
 * The guard: what the methods of pooled classes call when they begin, and what is known of the
 * objects whose methods they are. Pools say through {@link io.poolwatch.guard.Wards} what they do
 * with an object; its own methods ask through {@link io.poolwatch.guard.Guard} whether they may be
 * called now.
 *
 * <p>Nothing here keeps an object alive, calls one of its methods, throws, or takes a lock.
 */
@NullMarked
package io.poolwatch.guard;

import org.jspecify.annotations.NullMarked;
