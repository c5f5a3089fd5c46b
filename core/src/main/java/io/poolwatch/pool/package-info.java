/**
 * The bundled pool: a cache of reusable objects modelled on Go's {@code sync.Pool}, for
 * applications to use. It depends on the JDK alone and needs no agent; what it counted is read
 * through {@link io.poolwatch.pool.ThreadLocalPool#counts()}.
 *
 * <h2>How it works</h2>
 *
 * <p><b>Platform threads</b> each own a {@code Slot}: a private place for one object, used without
 * any synchronisation, and a shared queue ({@code Shelf}). A {@code put} fills the private place,
 * else the queue. A {@code get} looks in order of cost: its private place, its queue, the queues of
 * others (it steals), the victims, the factory.
 *
 * <p><b>Virtual threads</b> own nothing: a slot for each would be a pool for each task. They share
 * a few ({@code Stripes}), start at the one that their id falls on and go on when it is in use.
 * Both kinds steal from both.
 *
 * <p><b>Collections</b> move the epoch. At its first call in a new epoch an owner turns its objects
 * into <em>victims</em>: still to be had, but last in the order; victims of the epoch before are
 * let go. So the pool is not empty after a collection, and yet what nobody needs is gone after two.
 * For pools and owners that call no more, the JVM's notification of the collection does the same;
 * there is no thread of ours. The private place of a living owner may be nulled by that sweep at
 * any time, but only its owner moves what is in it: that is why it needs no synchronisation.
 *
 * <p><b>Counts</b> are plain cells of a slot's block, written by its owner alone, or of a queue's,
 * written under the lock that its user holds anyway; {@link
 * io.poolwatch.pool.ThreadLocalPool#counts()} adds them up. They are always on.
 */
@NullMarked
package io.poolwatch.pool;

import org.jspecify.annotations.NullMarked;
