package io.poolwatch.violation;

import io.poolwatch.book.PoolBook;
import io.poolwatch.book.Stacks;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Who borrowed what was lost, for pools that keep no life of each object. While a pool is armed,
 * which its first lost object sees to, some of its borrows are remembered until the object comes
 * back; if it is collected before, it was lost, and the borrower is known. An object is counted as
 * lost elsewhere; here is what a person needs to find out why.
 *
 * <p>Returns are looked at while some pool is armed. What was borrowed before a time in which none
 * was may have come back unseen, and is forgotten. Holds objects weakly; never asks a reference for
 * an object that nobody holds. Thread-safe, without a lock.
 */
public final class LostObjects {
  private static final int WAYS = 8;
  private static final int BUCKETS = 256;

  private static final AtomicReferenceArray<@Nullable Loan> LOANS =
      new AtomicReferenceArray<>(BUCKETS * WAYS);

  /** Where the next one of a bucket goes; plain, because any place will do. */
  private static final byte[] NEXT = new byte[BUCKETS];

  private static final ReferenceQueue<Object> COLLECTED = new ReferenceQueue<>();

  private LostObjects() {}

  /** The present thread borrows an object, and its stack is to be kept. */
  public static void borrowed(PoolBook book, Object object) {
    int hash = System.identityHashCode(object);
    int place = placeOf(hash, object);
    if (place < 0) {
      int bucket = bucketOf(hash);
      int way = NEXT[bucket] & (WAYS - 1);
      NEXT[bucket] = (byte) (way + 1);
      place = bucket * WAYS + way;
    }
    LOANS.set(place, new Loan(object, hash, place, book));
  }

  /** An object is about to be put back, or thrown away by its pool. */
  public static void returned(Object object) {
    int place = placeOf(System.identityHashCode(object), object);
    if (place >= 0) {
      LOANS.set(place, null);
    }
  }

  /** Reports what was lost since the last call. To be called by one thread alone. */
  public static void tell() {
    Reference<?> each;
    while ((each = COLLECTED.poll()) != null) {
      Loan loan = (Loan) each;
      if (LOANS.compareAndSet(loan.place, loan, null)
          && loan.era == Stacks.era()
          && Stacks.isAnyPoolArmed()) {
        Violations.lost(loan.book, loan.sighting);
      }
    }
  }

  private static int placeOf(int hash, Object object) {
    int bucket = bucketOf(hash);
    for (int place = bucket * WAYS; place < (bucket + 1) * WAYS; place++) {
      Loan loan = LOANS.get(place);
      // The hash first: to look at a referent would keep it alive on some collectors.
      if (loan != null && loan.hash == hash && loan.get() == object) {
        return place;
      }
    }
    return -1;
  }

  private static int bucketOf(int hash) {
    return (hash ^ (hash >>> 12)) & (BUCKETS - 1);
  }

  private static final class Loan extends WeakReference<Object> {
    final int hash;
    final int place;
    final int era = Stacks.era();
    final PoolBook book;
    final Sighting sighting = Sighting.now(0);

    Loan(Object object, int hash, int place, PoolBook book) {
      super(object, COLLECTED);
      this.hash = hash;
      this.place = place;
      this.book = book;
    }
  }
}
