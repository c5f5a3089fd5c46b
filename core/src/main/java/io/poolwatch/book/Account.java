package io.poolwatch.book;

import io.poolwatch.gc.Epochs;
import io.poolwatch.worth.Accrual;
import io.poolwatch.worth.Prices;
import io.poolwatch.worth.Usage;
import io.poolwatch.worth.Worth;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All pools of one name: the books of those that live, and the sums of those that ended. Only the
 * ledger touches it, under its lock.
 */
final class Account {
  private final PoolIdentity identity;
  private final PoolSystem system;

  /** Live books, with the references that tell of their pools' end: those must stay reachable. */
  private final Map<PoolBook, Books.PoolRef> books = new LinkedHashMap<>();

  private final Tally closed = new Tally();
  private final Accrual accrual = new Accrual();
  private final Usage usage = new Usage();
  private long minuteHits;
  private long minuteBorrows;
  private @Nullable Double hitRatio;

  Account(PoolIdentity identity, PoolSystem system) {
    this.identity = identity;
    this.system = system;
  }

  /** What its pools are reported under. */
  PoolIdentity identity() {
    return identity;
  }

  /** Whether the books may be broken; then nothing of them is reported. */
  boolean isBroken() {
    return system.breaker().isOpen();
  }

  /** The books of the pools that live. */
  Iterable<PoolBook> books() {
    return books.keySet();
  }

  /** The pools that live. */
  Iterable<Books.PoolRef> pools() {
    return books.values();
  }

  void open(PoolBook book, Books.PoolRef pool) {
    books.put(book, pool);
  }

  /** The pool of a book is gone, and so is all that is its own. */
  void close(PoolBook book) {
    if (books.remove(book) != null) {
      accrual.read(book.costs());
      book.close(closed);
    }
  }

  Tally sum() {
    Tally sum = new Tally();
    sum.add(closed);
    for (PoolBook book : books.keySet()) {
      book.tally(sum);
    }
    return sum;
  }

  /** The sum, whose hits and borrows are valued on the way. */
  private Tally valued() {
    for (PoolBook book : books.keySet()) {
      accrual.read(book.costs());
    }
    Tally sum = sum();
    accrual.accrue(
        system.id(), sum.borrows(BorrowOutcome.HIT), sum.borrowsOfPool(), Prices.current());
    return sum;
  }

  /**
   * Looks how many objects are in use, and what was saved and paid since the last look.
   *
   * @param windowNanos the length of the windows over which the most in use is kept
   */
  void look(long nowNanos, long windowNanos) {
    usage.look(valued().used());
    if (usage.isOver(nowNanos, windowNanos)) {
      long most = 0;
      for (PoolBook book : books.keySet()) {
        long ofBook = book.mostUsedSinceLast();
        most = ofBook == Usage.UNBOUNDED ? Usage.UNBOUNDED : most + ofBook;
        if (most == Usage.UNBOUNDED) {
          break;
        }
      }
      usage.close(nowNanos, most);
    }
  }

  /** A minute is over: its hit ratio is the one that is told during the next. */
  void closeMinute() {
    Tally sum = sum();
    long hits = sum.hitsOrQuarantined() - minuteHits;
    long borrows = sum.borrowsOfPool() - minuteBorrows;
    hitRatio = borrows <= 0 ? null : (double) Math.max(0, hits) / borrows;
    minuteHits += hits;
    minuteBorrows += borrows;
  }

  PoolSnapshot snapshot() {
    long idle = 0;
    long total = 0;
    boolean idleBound = !books.isEmpty();
    boolean totalBound = !books.isEmpty();
    for (PoolBook book : books.keySet()) {
      idleBound &= book.idleLimit() != PoolBook.UNLIMITED;
      totalBound &= book.totalLimit() != PoolBook.UNLIMITED;
      idle += book.idleLimit();
      total += book.totalLimit();
    }
    Tally sum = valued();
    return new PoolSnapshot(
        identity,
        system,
        sum,
        books.size(),
        idleBound ? idle : PoolBook.UNLIMITED,
        totalBound ? total : PoolBook.UNLIMITED,
        hitRatio,
        sum.knowsUsed() ? accrual.worth(sum.idle(), sum.used()) : Worth.UNKNOWN,
        system.tellsBirths() && Epochs.isOn() && !sum.isTenuredUnknown());
  }

  PoolAppraisal appraisal() {
    long atMiss = 0;
    for (PoolBook book : books.keySet()) {
      atMiss += book.mostUsedAtMiss();
    }
    return new PoolAppraisal(snapshot(), accrual, usage, atMiss);
  }
}
