package io.poolwatch.book;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What was borrowed past a pool that knows its objects one by one: the pool never had such an
 * object, so it has no life in the pool's book. It is made and removed in one step, for the
 * experiment. Knows the pool weakly. Exact; thread-safe.
 */
public final class UnpooledCounts {
  private final WeakReference<UnpooledPool> pool;
  private final ThreadCount lent = new ThreadCount();
  private final ThreadCount returned = new ThreadCount();
  private final ThreadCount valid = new ThreadCount();

  /** Of no meaning: counted for nothing but what it takes. */
  private final ThreadCount again = new ThreadCount();

  /** Plain: who has such an object has seen it. */
  private boolean any;

  /** Plain: to look once more, or a second later, does no harm. */
  private boolean lookDue;

  private final AtomicLong lost = new AtomicLong();
  private final AtomicLong invalid = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();

  /** No counts yet, of that pool. */
  public UnpooledCounts(UnpooledPool pool) {
    this.pool = new WeakReference<>(pool);
  }

  /** An object was made and lent. */
  public void lent() {
    if (!any) {
      any = true;
    }
    lent.increment();
  }

  /** Whether any was, ever. */
  boolean any() {
    return any;
  }

  /** About a second has passed. Does not ask for the pool: that could make it live longer. */
  void refill() {
    lookDue = any;
  }

  /** Whether the pool is to look for lent objects that nobody has any more: once a second. */
  public boolean takeLook() {
    if (!lookDue) {
      return false;
    }
    lookDue = false;
    return true;
  }

  /** Does what {@link #lent} or {@link #returned} does, and counts nothing. */
  public void again() {
    again.increment();
  }

  /** An object was made, and could not be lent. */
  public void lost() {
    lost.incrementAndGet();
  }

  /** An object was given back, and let go. */
  public void returned() {
    returned.increment();
  }

  /** An object was validated. */
  public void validated(boolean isValid) {
    if (isValid) {
      valid.increment();
    } else {
      invalid.incrementAndGet();
    }
  }

  /** A validation threw. */
  public void validationFailed() {
    failed.incrementAndGet();
  }

  /** See {@link UnpooledPool#whyNot}. */
  @Nullable String whyNot() {
    UnpooledPool asked = pool.get();
    return asked == null ? "it is gone" : asked.whyNot();
  }

  void count(Tally into) {
    long back = returned.sum(); // before what was lent: no more come back than that
    long made = lent.sum();
    into.miss(MissCause.EXPERIMENT, made);
    into.removed(RemovalReason.EXPERIMENT, made + lost.get());
    into.returned(ReturnOutcome.DISCARDED, back);
    into.validated(ValidationOutcome.VALID, valid.sum());
    into.validated(ValidationOutcome.INVALID, invalid.get());
    into.validated(ValidationOutcome.ERROR, failed.get());
  }

  /** The pool is gone; only after the last {@link #count}. */
  void close() {
    lent.close();
    returned.close();
    valid.close();
    again.close();
  }
}
