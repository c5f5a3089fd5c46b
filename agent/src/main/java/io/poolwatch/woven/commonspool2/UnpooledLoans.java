package io.poolwatch.woven.commonspool2;

import static io.poolwatch.woven.commonspool2.CommonsPool2.BREAKER;

import io.poolwatch.book.ObjectBook;
import io.poolwatch.book.UnpooledCounts;
import io.poolwatch.book.UnpooledPool;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Lends objects past a {@code GenericObjectPool} while poolwatch's experiment has its turn, and
 * takes them back whenever they come. Hangs on the pool, and goes with it.
 *
 * <p><b>As the pool would.</b> A new object is made, activated and validated by the factory as a
 * borrow does it that makes one, and validated and passivated as a return does it; what is thrown
 * is what the pool throws. Where the factory does none of that but {@code create}, that alone is
 * called. Nothing is destroyed: factories that would have to are refused.
 *
 * <p><b>Limits.</b> In a pool with a limit a loan takes one of the places that the library itself
 * counts, so that the pool makes the fewer. The last place is left to the pool: whoever waits for
 * an object waits for one at least that the pool lent, and whose return wakes him. What is given
 * back here wakes him, too, as an invalidation does.
 *
 * <p>Thread-safe, without a lock of its own.
 */
public final class UnpooledLoans implements UnpooledPool {
  private static final int TIMES_BITS = 2;
  private static final int TIMES = (1 << TIMES_BITS) - 1;

  private final LendingPool pool;
  private final ObjectBook book;
  private final UnpooledCounts counts = new UnpooledCounts(this);
  private final UnpooledTable table = new UnpooledTable();

  /** Null until the agent's thread has looked at it. */
  private volatile @Nullable FactoryWay way;

  /** Plain: whoever gives an object back has seen it, since he has the object. */
  private boolean used;

  UnpooledLoans(LendingPool pool, ObjectBook book) {
    this.pool = pool;
    this.book = book;
    book.besides(counts);
  }

  @Override
  public @Nullable String whyNot() {
    FactoryWay looked = way;
    if (looked == null) {
      looked = FactoryWay.of(pool.poolwatch$factory());
      way = looked;
    }
    if (looked.refusal != null) {
      return looked.refusal;
    }
    if (pool.poolwatch$isClosed()) {
      return "it is closed";
    }
    if (pool.poolwatch$abandonedConfig() != null) {
      return "it removes abandoned objects, and would not know those that are lent without it; it can"
          + " have one without an AbandonedConfig";
    }
    if (pool.poolwatch$getTestOnCreate()) {
      return "it validates each object that it makes; it can have one with testOnBorrow instead of"
          + " testOnCreate";
    }
    int limit = book.totalLimit();
    long present = pool.poolwatch$createCount().get();
    if (limit >= 0 && present + 1 >= limit) {
      return "it has "
          .concat(Long.toString(present))
          .concat(" objects of ")
          .concat(Integer.toString(limit))
          .concat(" that it may have, and those lent without it count, too; it can have one with")
          .concat(" maxTotal of ")
          .concat(Long.toString(2 * present + 2))
          .concat(", or without a limit");
    }
    return null;
  }

  /**
   * Whether a borrow that begins now is to be served past the pool: takes a place for it.
   *
   * @return a ticket for {@link #lend}, or 0 to leave it to the pool
   */
  int admit() {
    int times = book.unpooled();
    FactoryWay looked = way;
    if (times == 0 || looked == null || looked.refusal != null || BREAKER.isOpen()) {
      return 0;
    }
    if (pool.poolwatch$isClosed()
        || pool.poolwatch$abandonedConfig() != null
        || pool.poolwatch$getTestOnCreate()) {
      return 0;
    }
    UnpooledLoan loan = new UnpooledLoan();
    if (!takePlace(loan)) {
      return 0;
    }
    used = true;
    int place = UnpooledTable.FULL;
    try {
      place = table.enter(loan);
    } finally {
      if (place == UnpooledTable.FULL) {
        leavePlace(loan);
      }
    }
    return place == UnpooledTable.FULL ? 0 : (place << TIMES_BITS) | Math.min(times, TIMES);
  }

  /** In one step: a place taken for a moment could be the one that another borrower lacks. */
  private boolean takePlace(UnpooledLoan loan) {
    int limit = book.totalLimit();
    if (limit < 0) {
      return true;
    }
    if (book.isAwaited()) {
      return false; // the next place is for who waits
    }
    AtomicLong present = pool.poolwatch$createCount();
    while (true) {
      long now = present.get();
      if (now + 1 >= limit) {
        return false;
      }
      if (present.compareAndSet(now, now + 1)) {
        loan.counted = true;
        return true;
      }
    }
  }

  private void leavePlace(UnpooledLoan loan) {
    if (!loan.counted) {
      return;
    }
    pool.poolwatch$createCount().decrementAndGet();
    if (book.isAwaited()) {
      try {
        pool.poolwatch$ensureIdle();
      } catch (Exception untold) {
        pool.poolwatch$swallowException(untold);
      }
    }
  }

  /**
   * Makes and lends an object.
   *
   * @throws Exception what the pool would throw
   */
  @Nullable Object lend(int ticket) throws Exception {
    int place = ticket >> TIMES_BITS;
    UnpooledLoan loan = Objects.requireNonNull(table.at(place)); // nobody else has its object yet
    boolean lent = false;
    try {
      FactoryWay looked = way;
      Object object = null;
      boolean bare = looked != null && looked.bare;
      if (bare) {
        object = pool.poolwatch$create();
      }
      if (object == null) { // what of null is, only the library knows
        object = madeReady(loan);
        bare = false;
      }
      loan.of(object);
      lent = true;
      count(loan, bare, (ticket & TIMES) > 1);
      return object;
    } finally {
      if (!lent) {
        letGo(place, loan);
      }
    }
  }

  private void count(UnpooledLoan loan, boolean bare, boolean twice) {
    try {
      counts.lent();
      if (twice) {
        again(loan, bare);
      }
    } catch (Throwable failure) {
      BREAKER.failed(failure);
    }
  }

  private @Nullable Object madeReady(UnpooledLoan loan) throws Exception {
    Object pooled = pool.poolwatch$makeObject();
    if (pooled == null) {
      throw new NullPointerException(
          pool.poolwatch$factory().getClass().getSimpleName().concat(".makeObject() = null"));
    }
    boolean ready = false;
    try {
      pool.poolwatch$allocate(pooled);
      activate(pooled);
      if (pool.poolwatch$getTestOnBorrow()) {
        validateBorrowed(pooled);
      }
      ready = true;
    } finally {
      if (!ready) {
        counts.lost();
      }
    }
    loan.pooled = pooled;
    return pool.poolwatch$getObject(pooled);
  }

  private void activate(Object pooled) {
    try {
      pool.poolwatch$activateObject(pooled);
    } catch (Exception failure) {
      throw unable("Unable to activate object", failure);
    }
  }

  private void validateBorrowed(Object pooled) {
    boolean valid = false;
    Throwable failure = null;
    try {
      valid = pool.poolwatch$validateObject(pooled);
      counts.validated(valid);
    } catch (ThreadDeath | VirtualMachineError deadly) {
      counts.validationFailed();
      throw deadly;
    } catch (Throwable thrown) {
      counts.validationFailed();
      failure = thrown;
    }
    if (!valid) {
      throw unable("Unable to validate object", failure);
    }
  }

  private static NoSuchElementException unable(String what, @Nullable Throwable cause) {
    NoSuchElementException unable = new NoSuchElementException(what);
    unable.initCause(cause);
    return unable;
  }

  /** Does once more what is done for an object that is lent, so that it is seen what that takes. */
  private void again(UnpooledLoan loan, boolean bare) {
    UnpooledLoan twin = new UnpooledLoan();
    if (loan.counted) {
      AtomicLong present = pool.poolwatch$createCount();
      long now = present.get();
      present.compareAndSet(now, now);
    }
    int place = table.enter(twin);
    if (place != UnpooledTable.FULL) {
      loan.twin = place;
      if (!bare) {
        Object pooled = pool.poolwatch$newRecord(twin);
        pool.poolwatch$allocate(pooled);
        twin.pooled = pooled;
      }
      twin.of(twin);
    }
    counts.again();
  }

  /** The place of an object that was lent past the pool; negative if it was not. */
  int placeOf(@Nullable Object object) {
    return used ? table.find(object) : -1;
  }

  /**
   * Takes an object back, and lets it go.
   *
   * @param place as {@link #placeOf} said
   */
  void takeBack(@Nullable Object object, int place) {
    UnpooledLoan loan = left(object, place);
    if (loan == null) {
      throw new IllegalStateException(
          "Object has already been returned to this pool or is invalid");
    }
    try {
      Object pooled = loan.pooled;
      if (pooled != null) {
        pool.poolwatch$markReturning(pooled);
        if (!pool.poolwatch$getTestOnReturn() || isValid(pooled)) {
          passivate(pooled);
        }
      }
      counts.returned();
    } finally {
      if (loan.twin >= 0) {
        takeBackTwin(loan);
      }
      leavePlace(loan);
    }
  }

  private boolean isValid(Object pooled) {
    boolean told = false;
    try {
      boolean valid = pool.poolwatch$validateObject(pooled);
      counts.validated(valid);
      told = true;
      return valid;
    } finally {
      if (!told) {
        counts.validationFailed();
      }
    }
  }

  private void passivate(Object pooled) {
    try {
      pool.poolwatch$passivateObject(pooled);
    } catch (Exception failure) {
      pool.poolwatch$swallowException(failure);
    }
  }

  private void takeBackTwin(UnpooledLoan loan) {
    UnpooledLoan twin = table.at(loan.twin);
    int found = table.find(twin); // as the other was found
    if (twin == null || !table.leave(found < 0 ? loan.twin : found, twin)) {
      return;
    }
    if (twin.pooled != null) {
      pool.poolwatch$markReturning(twin.pooled);
    }
    if (loan.counted) {
      AtomicLong present = pool.poolwatch$createCount();
      long now = present.get();
      present.compareAndSet(now, now);
    }
    counts.again();
  }

  /** Lets an object go that is not to be used any more. */
  void invalidate(@Nullable Object object, int place) {
    UnpooledLoan loan = left(object, place);
    if (loan != null) {
      if (loan.twin >= 0) {
        takeBackTwin(loan);
      }
      leavePlace(loan);
    }
  }

  private @Nullable UnpooledLoan left(@Nullable Object object, int place) {
    UnpooledLoan loan = table.at(place);
    return loan != null && loan.isOf(object) && table.leave(place, loan) ? loan : null;
  }

  private void letGo(int place, UnpooledLoan loan) {
    table.leave(place, loan);
    if (loan.twin >= 0) {
      takeBackTwin(loan);
    }
    leavePlace(loan);
  }
}
