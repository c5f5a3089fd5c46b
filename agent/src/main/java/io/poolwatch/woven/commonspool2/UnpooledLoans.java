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
 * <p><b>Lost.</b> What is lent is held weakly. Once it is collected its places are free again, from
 * the next borrow on that begins a second later.
 *
 * <p>Thread-safe, without a lock of its own.
 */
public final class UnpooledLoans implements UnpooledPool {
  // A ticket: how often to count, whether a place of the pool's was taken, the place in the table.
  private static final int TIMES = 3;
  private static final int COUNTED = 4;
  private static final int PLACE_SHIFT = 3;
  private static final int NO_ROOM = -1;

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
    if (counts.takeLook()) {
      letGoOfLost();
    }
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
    used = true;
    int place = table.reserve();
    if (place == UnpooledTable.NONE) {
      return 0;
    }
    int room = takeRoom();
    if (room == NO_ROOM) {
      table.leave(place, UnpooledLoan.COMING);
      return 0;
    }
    return (place << PLACE_SHIFT) | room | Math.min(times, TIMES);
  }

  /**
   * Takes one of the places that the pool may have. In one step, and last of all: one that was
   * taken for a moment could be the one that another borrower lacks.
   *
   * @return {@link #COUNTED}; 0 if there is no limit, or {@link #NO_ROOM}
   */
  private int takeRoom() {
    int limit = book.totalLimit();
    if (limit < 0) {
      return 0;
    }
    if (book.isAwaited()) {
      return NO_ROOM; // the next place is for who waits
    }
    AtomicLong present = pool.poolwatch$createCount();
    while (true) {
      long now = present.get();
      if (now + 1 >= limit) {
        return NO_ROOM;
      }
      if (present.compareAndSet(now, now + 1)) {
        return COUNTED;
      }
    }
  }

  private void leaveRoom(boolean counted) {
    if (!counted) {
      return;
    }
    pool.poolwatch$createCount().decrementAndGet();
    if (book.isAwaited()) {
      try {
        pool.poolwatch$ensureIdle();
      } catch (InterruptedException hurried) {
        // To give an object back to the pool would not have looked whether it was interrupted.
        Thread.currentThread().interrupt();
      } catch (Exception untold) {
        pool.poolwatch$swallowException(untold);
      }
    }
  }

  /** Nobody waits for these: of the pool's own objects none would be given back, either. */
  private void letGoOfLost() {
    int place = table.findLost(0);
    while (place >= 0) {
      UnpooledLoan loan = table.at(place);
      if (loan != null && loan.isLost() && table.leave(place, loan)) {
        takeBackTwin(loan);
        if (loan.counted) {
          pool.poolwatch$createCount().decrementAndGet();
        }
      }
      place = table.findLost(place + 1);
    }
  }

  /**
   * Makes and lends an object.
   *
   * @throws Exception what the pool would throw
   */
  @Nullable Object lend(int ticket) throws Exception {
    int place = ticket >> PLACE_SHIFT;
    boolean counted = (ticket & COUNTED) != 0;
    boolean made = false;
    try {
      FactoryWay looked = Objects.requireNonNull(way); // by whom else was it admitted?
      Object pooled = null;
      Object object;
      if (looked.bare) {
        object = pool.poolwatch$create();
      } else {
        pooled = pool.poolwatch$makeObject();
        object = pooled == null ? null : pool.poolwatch$getObject(pooled);
      }
      made = pooled != null || object != null;
      if (object == null && ((pooled == null && !looked.bare) || pool.poolwatch$refusesNull())) {
        throw new NullPointerException(
            pool.poolwatch$factory().getClass().getSimpleName().concat(".makeObject() = null"));
      }
      if (pooled != null) {
        makeReady(pooled);
      }
      UnpooledLoan loan = loan(looked, object, pooled, counted);
      table.enter(place, loan);
      count(loan, looked.bare, (ticket & TIMES) > 1);
      return object;
    } catch (Throwable failure) {
      notLent(place, counted, made, failure);
      throw failure;
    }
  }

  private UnpooledLoan loan(
      FactoryWay looked, @Nullable Object object, @Nullable Object pooled, boolean counted) {
    boolean loose = pooled != null && object != null && looked.isLoose(pooled);
    if (pooled != null && object != null && !loose) {
      way = looked.withRecords(pooled.getClass());
    }
    return new UnpooledLoan(object, pooled, counted, loose);
  }

  /** What went wrong first is what is told. */
  private void notLent(int place, boolean counted, boolean made, Throwable failure) {
    if (made) {
      counts.lost();
    }
    table.leave(place, UnpooledLoan.COMING);
    try {
      leaveRoom(counted);
    } catch (Throwable another) {
      if (another != failure) {
        failure.addSuppressed(another);
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

  private void makeReady(Object pooled) {
    pool.poolwatch$allocate(pooled);
    activate(pooled);
    if (pool.poolwatch$getTestOnBorrow()) {
      validateBorrowed(pooled);
    }
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
    if (loan.counted) {
      AtomicLong present = pool.poolwatch$createCount();
      long now = present.get();
      present.compareAndSet(now, now);
    }
    int place = table.reserve();
    loan.twin = place;
    if (place != UnpooledTable.NONE) {
      Object pooled = null;
      if (!bare) {
        pooled = pool.poolwatch$newRecord(loan);
        pool.poolwatch$allocate(pooled);
      }
      table.enter(place, new UnpooledLoan(loan, pooled, false, pooled instanceof LooseRecord));
    }
    counts.again();
  }

  /** The place of an object that was lent past the pool; negative if it was not. */
  int placeOf(@Nullable Object object) {
    return used ? table.find(object) : UnpooledTable.NONE;
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
      loan.over(object);
      Object pooled = loan.pooled;
      if (pooled != null) {
        if (pool.poolwatch$marksReturned()) {
          pool.poolwatch$markReturning(pooled);
        }
        if (!pool.poolwatch$getTestOnReturn() || isValid(pooled)) {
          passivate(pooled);
        }
      }
      counts.returned();
    } finally {
      takeBackTwin(loan);
      leaveRoom(loan.counted);
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
    if (loan.twin == UnpooledTable.NONE) {
      return;
    }
    UnpooledLoan twin = table.at(loan.twin);
    int found = table.find(loan); // as the other was found
    if (twin == null || !table.leave(found == UnpooledTable.NONE ? loan.twin : found, twin)) {
      return;
    }
    twin.over(loan);
    if (twin.pooled != null && pool.poolwatch$marksReturned()) {
      pool.poolwatch$markReturning(twin.pooled);
    }
    if (loan.counted) {
      AtomicLong present = pool.poolwatch$createCount();
      long now = present.get();
      present.compareAndSet(now, now);
    }
    counts.again();
  }

  /**
   * Lets an object go that is not to be used any more.
   *
   * @param returned whether that is a return, for the service
   */
  void invalidate(@Nullable Object object, int place, boolean returned) {
    UnpooledLoan loan = left(object, place);
    if (loan != null) {
      loan.over(object);
      if (returned) {
        counts.returned();
      }
      takeBackTwin(loan);
      leaveRoom(loan.counted);
    }
  }

  private @Nullable UnpooledLoan left(@Nullable Object object, int place) {
    UnpooledLoan loan = table.at(place);
    return loan != null && loan.isOf(object) && table.leave(place, loan) ? loan : null;
  }
}
