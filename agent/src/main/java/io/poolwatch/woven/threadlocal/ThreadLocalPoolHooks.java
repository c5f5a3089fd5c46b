package io.poolwatch.woven.threadlocal;

import io.poolwatch.book.Books;
import io.poolwatch.book.BorrowOutcome;
import io.poolwatch.book.Breaker;
import io.poolwatch.book.MissCause;
import io.poolwatch.book.PoolFacts;
import io.poolwatch.book.PoolSystem;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.Unpooled;
import io.poolwatch.book.ViolationKind;
import io.poolwatch.violation.Violations;
import io.poolwatch.worth.Costs;
import java.lang.ref.Reference;
import java.util.EnumSet;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The hooks of the bundled pool. It counts for itself, so its fast paths have none but those of
 * {@link LoanHooks}, if they are asked for: one runs at the first use of a pool, one when an object
 * is made. Thread-safe.
 */
public final class ThreadLocalPoolHooks {
  /** Value of the attribute {@code poolwatch.pool.system}. */
  public static final String ID = "thread_local";

  /** What such a pool can do. */
  public static final PoolSystem SYSTEM =
      PoolSystem.named(ID)
          .borrowOutcomes(EnumSet.of(BorrowOutcome.HIT, BorrowOutcome.MISS, BorrowOutcome.ERROR))
          .missCauses(
              Unpooled.missCauses(
                  EnumSet.of(
                      MissCause.COLD,
                      MissCause.CLEARED,
                      MissCause.OWNER_GONE,
                      MissCause.DISABLED,
                      MissCause.OTHER)))
          .removalReasons(
              Unpooled.removalReasons(
                  EnumSet.of(
                      RemovalReason.CAPACITY,
                      RemovalReason.CLEARED,
                      RemovalReason.OWNER_GONE,
                      RemovalReason.POOL_GONE,
                      RemovalReason.LEAKED,
                      RemovalReason.NOT_ADMITTED,
                      RemovalReason.ERROR)))
          .violations(LoanHooks.violations())
          .tellingBirths()
          .build();

  /**
   * Pools whose classes were loaded before the agent: what they have counted since they were found
   * is known, and what is idle; not what is lent, nor why they missed.
   */
  public static final PoolSystem LATE =
      PoolSystem.named(ID)
          .partOf(SYSTEM)
          .borrowOutcomes(SYSTEM.borrowOutcomes())
          .missCauses(EnumSet.of(MissCause.CLEARED, MissCause.DISABLED, MissCause.OTHER))
          .removalReasons(
              EnumSet.of(
                  RemovalReason.CAPACITY,
                  RemovalReason.CLEARED,
                  RemovalReason.OWNER_GONE,
                  RemovalReason.POOL_GONE,
                  RemovalReason.NOT_ADMITTED,
                  RemovalReason.ERROR))
          .violations(EnumSet.of(ViolationKind.DOUBLE_RETURN))
          .build();

  static final Breaker BREAKER = SYSTEM.breaker();

  private ThreadLocalPoolHooks() {}

  /**
   * A pool is used for the first time; in a lock of the pool.
   *
   * @param pool only weakly held
   * @param name a {@code String}: what the application calls it, or null
   * @param factory of which only the class's name is kept
   * @param counts an {@code AtomicReference<long[][]>} that {@link ThreadLocalBook} reads
   * @param first the first object that is made or put
   * @param parting an {@code AtomicReference<Consumer<Object>>} that is to hold who is told of each
   *     object that is let go
   * @param idle a {@code Consumer<Consumer<Object>>} that shows what lies in the pool; only weakly
   *     held
   * @return the pool's book, or null if it cannot be watched
   */
  public static @Nullable ThreadLocalBook announced(
      Object pool,
      @Nullable Object name,
      @Nullable Object factory,
      @Nullable Object counts,
      @Nullable Object first,
      @Nullable Object parting,
      @Nullable Object idle) {
    if (BREAKER.isOpen()) {
      return null;
    }
    try {
      PoolFacts facts = new PoolFacts(pool.getClass().getName());
      facts.name((String) name);
      facts.factory(factory);
      facts.object(first);
      facts.askWhetherResource(first);
      ThreadLocalBook book = new ThreadLocalBook(facts, pool, blocks(counts), idle(idle));
      observe(parting, book);
      Books.register(pool, book);
      return book;
    } catch (Throwable failure) {
      BREAKER.failed(failure);
      return null;
    }
  }

  @SuppressWarnings("unchecked")
  private static Consumer<Consumer<Object>> idle(@Nullable Object idle) {
    return (Consumer<Consumer<Object>>) Objects.requireNonNull(idle);
  }

  @SuppressWarnings("unchecked")
  private static void observe(@Nullable Object parting, ThreadLocalBook book) {
    ((AtomicReference<Consumer<Object>>) Objects.requireNonNull(parting)).set(new Parting(book));
  }

  @SuppressWarnings("unchecked")
  static AtomicReference<long[][]> blocks(@Nullable Object counts) {
    AtomicReference<long[][]> blocks = (AtomicReference<long[][]>) counts;
    if (blocks == null || !Cells.canRead(blocks)) {
      throw new IllegalStateException("counts of an unknown layout");
    }
    return blocks;
  }

  /** An object was put that was in the pool; the pool has counted it. */
  public static void putTwice(@Nullable ThreadLocalBook book, @Nullable Object object) {
    if (book == null || object == null || BREAKER.isOpen()) {
      return;
    }
    try {
      if (LoanHooks.knowsTwice(book, object)) {
        book.putTwiceIsCounted();
      } else {
        Violations.counted(
            book, ViolationKind.DOUBLE_RETURN, object.getClass().getName(), "the pool let it go");
      }
    } catch (Throwable failure) {
      BREAKER.failed(failure);
    }
  }

  /** The factory is about to be called. Gives a ticket, 0 if this call is not measured. */
  public static long building(@Nullable ThreadLocalBook book) {
    try {
      return book == null || BREAKER.isOpen() ? Costs.NOT_MEASURED : book.costs().building();
    } catch (Throwable failure) {
      BREAKER.failed(failure);
      return Costs.NOT_MEASURED;
    }
  }

  /** Gives how many classes are loaded, with a ticket. */
  public static long classes(long ticket) {
    return Costs.classes(ticket);
  }

  /** Gives the time, with a ticket; the last hook before the call. */
  public static long clock(long ticket) {
    return Costs.clock(ticket);
  }

  /** The factory gave an object; the first hook after the call. */
  public static void built(
      @Nullable ThreadLocalBook book,
      long ticket,
      long classes,
      long start,
      @Nullable Object made) {
    if (ticket == Costs.NOT_MEASURED || book == null) {
      return;
    }
    try {
      book.costs().built(ticket, classes, start, null, null, made);
    } catch (Throwable failure) {
      BREAKER.failed(failure);
    }
  }

  /** An object was made. */
  public static void made(@Nullable ThreadLocalBook book, @Nullable Object object) {
    if (book == null || object == null || BREAKER.isOpen()) {
      return;
    }
    try {
      book.made(object);
      LoanHooks.made(book, object);
    } catch (Throwable failure) {
      BREAKER.failed(failure);
    }
  }

  /** Is told of each object that a pool lets go, by the service's threads. */
  private static final class Parting implements Consumer<Object> {
    private final ThreadLocalBook book;

    Parting(ThreadLocalBook book) {
      this.book = book;
    }

    @Override
    public void accept(Object object) {
      if (BREAKER.isOpen()) {
        return;
      }
      try {
        book.partedWith(object);
      } catch (Throwable failure) {
        BREAKER.failed(failure);
      }
      // Collected before, it would be read as lost.
      Reference.reachabilityFence(object);
    }
  }
}
