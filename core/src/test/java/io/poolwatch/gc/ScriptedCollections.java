package io.poolwatch.gc;

import java.lang.reflect.Field;

/**
 * Collections that a test says happened, instead of those of its JVM. What is stamped is the clock;
 * each collection promotes what a test says. To be closed, since births are of the whole JVM.
 */
public final class ScriptedCollections implements AutoCloseable {
  private Watermarks known = Watermarks.NONE;

  /** Nothing is in the old generation yet. */
  public ScriptedCollections() {
    Epochs.openClock(System.nanoTime() - 1);
    publish(known);
  }

  /** The stamp of this moment, before all that follows and after all that was. */
  public long now() {
    long before = tick();
    tick();
    return before;
  }

  /** A collection runs now, and promotes all that lives. */
  public void promoteAll(PromotionKind kind) {
    promote(now(), kind);
  }

  /** A young collection runs now, and promotes what was born before a stamp. */
  public void promoteBornBefore(long mark) {
    promote(mark, PromotionKind.AGED);
  }

  private synchronized void promote(long mark, PromotionKind kind) {
    publish(known.after(now(), mark, kind));
  }

  /** A collection ran at a moment and promoted all that was born before; this is known only now. */
  public synchronized void learnOfPromotionAt(long at) {
    publish(known.after(at, at, PromotionKind.AGED));
  }

  /** All that happened so far is known. */
  public synchronized void settle() {
    publish(known.settledUpTo(now()));
  }

  private void publish(Watermarks now) {
    known = now;
    Epochs.publish(now);
  }

  private static long tick() {
    long start = Epochs.now();
    long next;
    do {
      next = Epochs.now();
    } while (next == start);
    return next;
  }

  /** As if nobody had looked at this JVM. */
  @Override
  public void close() {
    try {
      Field source = Epochs.class.getDeclaredField("source");
      source.setAccessible(true);
      source.set(null, 0);
    } catch (ReflectiveOperationException renamed) {
      throw new AssertionError(renamed);
    }
    Epochs.publish(Watermarks.NONE);
    Epochs.oldArrays(OldArrays.NONE);
  }
}
