package io.poolwatch.pool;

import java.lang.ref.WeakReference;

/**
 * A weak hold on the thread that owns a slot, and a cache line of nothing, for the reason that
 * {@link Padding} gives. A slot is the reference itself: that saves the fastest path a load.
 */
@SuppressWarnings("unused")
abstract class OwnedByThread extends WeakReference<Thread> {
  long p0;
  long p1;
  long p2;
  long p3;
  long p4;
  long p5;
  long p6;
  long p7;

  OwnedByThread(Thread owner) {
    super(owner);
  }

  final boolean isOwnedBy(Thread thread) {
    return get() == thread;
  }

  final boolean ownerIsGone() {
    Thread thread = get();
    return thread == null || !thread.isAlive();
  }
}
