package io.poolwatch.agent.experiment;

import io.poolwatch.book.BorrowOutcome;
import io.poolwatch.book.Ledger;
import io.poolwatch.book.MissCause;
import io.poolwatch.book.PoolBook;
import io.poolwatch.book.PoolIdentity;
import io.poolwatch.book.Tally;
import io.poolwatch.experiment.Arm;
import io.poolwatch.experiment.Comparison;
import io.poolwatch.experiment.Turn;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One experiment on the pools of one name, from its begin to its end, on a thread of its own: the
 * turns must change in time. Whatever happens, the pools serve again when it is over.
 *
 * <p>The first seconds are not measured, until the JIT is calm, since code that nobody ran before
 * has to be compiled; nor is the first fifth of each turn, in which loans of the turn before come
 * back.
 */
final class Trial implements Runnable {
  private static final long WARM_NANOS = 3_000_000_000L;
  private static final long MOST_WARM_NANOS = 15_000_000_000L;

  /** The JIT is calm when it compiles for no more than so much of a block's time. */
  private static final double CALM = 0.05;

  private static final int SETTLING = 5;
  private static final long LEAST_SETTLING_NANOS = 20_000_000L;

  /** Of the borrows of a turn without the pool, so many must have been served without it. */
  private static final double LEAST_SERVED = 0.9;

  /** Turns in a row that break a bound. */
  private static final int MOST_BROKEN = 2;

  /** Below so many borrows nothing is said of how they ended. */
  private static final long FEW = 100;

  private final Ledger ledger;
  private final PoolIdentity pool;
  private final long slice;
  private final long settling;
  private final long agentThread;
  private final int arms;
  private final Comparison comparison;
  private final int processors = Runtime.getRuntime().availableProcessors();
  private final Bounds bounds = new Bounds(processors, Runtime.getRuntime().maxMemory());

  // Guarded by this.
  private boolean asked;
  private boolean over;

  /** What is served without its pool now. The ledger may not show it any more when that ends. */
  private final Set<PoolBook> switched = new HashSet<>();

  // Written by the trial's thread before it is over.
  private @Nullable String ending;
  private Turn pooled = Turn.NONE;
  private int broken;
  private long turns;

  /**
   * A trial.
   *
   * @param agentThread id of another thread that is not the service's
   */
  Trial(Ledger ledger, PoolIdentity pool, long sliceNanos, long agentThread) {
    this.ledger = ledger;
    this.pool = pool;
    this.agentThread = agentThread;
    arms = OwnCost.isAllSaid(pool.system()) ? 2 : 3;
    comparison = new Comparison(arms);
    slice = sliceNanos;
    settling = Math.min(slice / 2, Math.max(LEAST_SETTLING_NANOS, slice / SETTLING));
  }

  PoolIdentity pool() {
    return pool;
  }

  @Override
  public void run() {
    try {
      JvmReader reader = JvmReader.open(agentThread, Thread.currentThread().getId());
      if (reader == null) {
        ending = "this JVM does not tell what its threads take and allocate";
      } else {
        alternate(reader);
      }
    } catch (Throwable failure) {
      ending = "it failed: " + failure;
    } finally {
      serve(Arm.POOLED);
      synchronized (this) {
        over = true;
        notifyAll();
      }
    }
  }

  private void alternate(JvmReader reader) {
    if (!warm(reader)) {
      return;
    }
    double[] own = OwnCost.more(pool.system());
    comparison.own(own[0], own[1]);
    JvmReading first = reader.read();
    while (true) {
      Turn turn = turn(reader);
      if (turn == null) {
        return;
      }
      comparison.add(turn);
      JvmReading now = reader.read();
      comparison.whole(
          now.collectorLeastSince(first, processors),
          now.collectorMostSince(first, processors),
          now.heap.allocatedSince(first.heap),
          now.heap.youngSince(first.heap));
      if (comparison.look() || comparison.isOver()) {
        return;
      }
    }
  }

  /** Blocks that do not count, until the code of both arms is compiled; false if it is to end. */
  private boolean warm(JvmReader reader) {
    long start = System.nanoTime();
    while (true) {
      JvmReading before = reader.read();
      for (int i = 0; i < Arm.turns(arms); i++) {
        if (turn(reader) == null) {
          return false;
        }
      }
      JvmReading now = reader.read();
      long compiled = now.compiledNanos - before.compiledNanos;
      boolean calm = compiled <= CALM * (now.nanos - before.nanos);
      long since = now.nanos - start;
      if ((calm && since >= WARM_NANOS) || since >= MOST_WARM_NANOS) {
        return true;
      }
    }
  }

  /** The next turn: what counts of it, or null if the trial is to end. */
  private @Nullable Turn turn(JvmReader reader) {
    Arm arm = Arm.ofTurn(turns++, arms);
    long start = System.nanoTime();
    serve(arm);
    if (!sleepUntil(start + settling)) {
      return null;
    }
    Tally before = figures();
    JvmReading begin = reader.read();
    if (!sleepUntil(start + slice)) {
      return null;
    }
    Tally after = figures();
    JvmReading end = reader.read();
    Turn turn =
        new Turn(
            end.nanos - begin.nanos,
            after.borrows() - before.borrows(),
            end.serviceNanos - begin.serviceNanos,
            end.heap.allocatedSince(begin.heap),
            Math.max(0, end.heap.youngSince(begin.heap)),
            end.heap.youngNanosSince(begin.heap),
            Math.max(0, end.old - begin.old));
    ending = harm(arm, turn, before, after, end);
    return ending == null ? turn : null;
  }

  private @Nullable String harm(Arm arm, Turn turn, Tally before, Tally after, JvmReading now) {
    String heap = bounds.brokenBy(now);
    if (heap != null) {
      return "stopped as harmful: " + heap;
    }
    if (arm == Arm.POOLED) {
      pooled = turn;
      return null;
    }
    if (turn.borrows() >= FEW) {
      long errors = after.borrows(BorrowOutcome.ERROR) - before.borrows(BorrowOutcome.ERROR);
      if (errors > (1 - LEAST_SERVED) * turn.borrows()) {
        return "stopped as harmful: building fails";
      }
      long served = after.misses(MissCause.EXPERIMENT) - before.misses(MissCause.EXPERIMENT);
      if (served < LEAST_SERVED * (turn.borrows() - errors)) {
        return "stopped: only "
            + 100 * served / turn.borrows()
            + " % of the borrows could be served without the pool"
            + limit();
      }
    }
    String worse = bounds.brokenBy(pooled, turn);
    broken = worse == null ? 0 : broken + 1;
    return broken < MOST_BROKEN ? null : "stopped as harmful: " + worse;
  }

  /** What may have been in the way, in some words. */
  private String limit() {
    int least = Integer.MAX_VALUE;
    for (PoolBook book : switched) {
      String whyNot = book.whyNotUnpooled();
      if (whyNot != null) {
        return ": " + whyNot;
      }
      least = book.totalLimit() < 0 ? least : Math.min(least, book.totalLimit());
    }
    return least == Integer.MAX_VALUE
        ? ""
        : ", which has a limit of " + least + " objects, and those lent without it count, too";
  }

  private Tally figures() {
    Tally now = ledger.tally(pool);
    return now == null ? new Tally() : now;
  }

  private void serve(Arm arm) {
    if (arm != Arm.POOLED) {
      ledger.visit(
          (identity, book) -> {
            if (identity.equals(pool)) {
              switched.add(book);
            }
          });
    }
    for (PoolBook book : switched) {
      book.unpooled(arm.ordinal());
    }
    if (arm == Arm.POOLED) {
      switched.clear();
    }
  }

  /** False if the trial was asked to end. */
  private synchronized boolean sleepUntil(long nanos) {
    while (!asked) {
      long left = nanos - System.nanoTime();
      if (left <= 0) {
        return true;
      }
      try {
        wait(left / 1_000_000L, (int) (left % 1_000_000L));
      } catch (InterruptedException nobodyOfUs) {
        asked = true;
      }
    }
    ending = "ended with the JVM";
    return false;
  }

  /** Asks it to end, and waits a moment for that. */
  synchronized void end(long millis) {
    asked = true;
    notifyAll();
    long until = System.nanoTime() + millis * 1_000_000L;
    try {
      for (long left = millis; !over && left > 0; ) {
        wait(left);
        left = (until - System.nanoTime()) / 1_000_000L;
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  synchronized boolean isOver() {
    return over;
  }

  /** Why it ended before its time, in a clause; null normally. Once it is over. */
  @Nullable String ending() {
    return ending;
  }

  /** What was measured. Once it is over. */
  Comparison comparison() {
    return comparison;
  }
}
