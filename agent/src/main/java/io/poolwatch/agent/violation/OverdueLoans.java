package io.poolwatch.agent.violation;

import io.poolwatch.agent.export.Notices;
import io.poolwatch.agent.export.PlainText;
import io.poolwatch.book.LateLoans;
import io.poolwatch.book.Ledger;
import io.poolwatch.book.Life;
import io.poolwatch.book.PoolBook;
import io.poolwatch.book.PoolIdentity;
import io.poolwatch.guard.Wards;
import io.poolwatch.violation.Violations;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks every few seconds for loans that last too long, and tells those that ended after all. One
 * thread.
 */
public final class OverdueLoans implements LateLoans {
  private static final long PERIOD_NANOS = 5_000_000_000L;

  private final Ledger ledger;
  private final Notices notices;
  private final long least;
  private final List<Late> ended = new ArrayList<>();
  private long next;

  /**
   * A watch.
   *
   * @param leastMillis how long a loan lasts at least before it is overdue; 0: none ever is
   */
  public OverdueLoans(Ledger ledger, Notices notices, long leastMillis) {
    this.ledger = ledger;
    this.notices = notices;
    least = leastMillis * 1_000_000L;
    next = System.nanoTime() + period();
  }

  /** Looks, if it is time to. */
  public void tick(long nowNanos) {
    if (least == 0 || nowNanos - next < 0) {
      return;
    }
    next = nowNanos + period();
    ledger.watchLoans(nowNanos, least, this);
    for (Late late : ended) {
      PoolIdentity pool = ledger.identityOf(late.book);
      if (pool != null) {
        notices.info(
            "an overdue object of pool "
                + PlainText.clip(pool.name(), 120)
                + " came back, or was removed, after "
                + ViolationText.duration(late.nanos));
      }
    }
    ended.clear();
  }

  private long period() {
    return Math.min(PERIOD_NANOS, Math.max(least / 4, 1));
  }

  @Override
  public void overdue(PoolBook book, Life life, long atLeast) {
    Violations.overdue(
        book,
        life,
        "lent for " + ViolationText.duration(atLeast) + " or a little longer" + lastUse(life));
  }

  /** "Held for 40 minutes, not used for 39" is a leak; held and used is a long job. */
  private static String lastUse(Life life) {
    long unused = Wards.unusedFor(life, System.nanoTime());
    if (unused < 0) {
      return "";
    }
    return Wards.wasSeen(life)
        ? "; last seen in use " + ViolationText.duration(unused) + " before, or later"
        : "; not used for " + ViolationText.duration(unused) + ", as far as the guard sees";
  }

  @Override
  public void aging(Life life) {
    Wards.ask(life, System.nanoTime());
  }

  @Override
  public void ended(PoolBook book, Life life, long atLeast) {
    ended.add(new Late(book, atLeast));
  }

  private static final class Late {
    final PoolBook book;
    final long nanos;

    Late(PoolBook book, long nanos) {
      this.book = book;
      this.nanos = nanos;
    }
  }
}
