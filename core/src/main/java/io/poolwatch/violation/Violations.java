package io.poolwatch.violation;

import io.poolwatch.book.DurationSamples;
import io.poolwatch.book.Life;
import io.poolwatch.book.PoolBook;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.ViolationKind;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Where broken contracts are noted, by the service's threads, and taken from by the agent's. Each
 * one is counted in its pool's book; a report with stacks is made of as many as the agent keeps up
 * with. Never blocks. Thread-safe.
 */
public final class Violations {
  /** Reports that may wait for the agent, which takes them once a second. */
  private static final int MOST_WAITING = 128;

  private static final ConcurrentLinkedQueue<Violation> WAITING = new ConcurrentLinkedQueue<>();
  private static final AtomicInteger ROOM = new AtomicInteger(MOST_WAITING);
  private static final AtomicLong UNTOLD = new AtomicLong();

  /**
   * So many of each kind are looked at until the agent has been here: a stack costs some ten
   * microseconds.
   */
  private static final int MOST_LOOKED_AT = 500;

  /** How many were, by kind. */
  private static final AtomicIntegerArray LOOKED_AT =
      new AtomicIntegerArray(ViolationKind.values().length);

  private Violations() {}

  /**
   * The present thread broke a contract, or noticed that it was broken.
   *
   * @param objectClass binary name of the object's class, or null if that is not known
   * @param life of the object, for what is remembered of it; null if there is none
   * @param detail what else a reader must know, in a sentence, or null
   */
  public static void found(
      PoolBook book,
      ViolationKind kind,
      @Nullable String objectClass,
      @Nullable Life life,
      @Nullable String detail) {
    Sighting borrowed = life == null ? null : LoanTrail.borrowOf(life);
    Sighting returned = life == null ? null : LoanTrail.returnOf(life);
    if (returned == null && life != null) {
      returned = LoanTrail.returnBefore(life);
    }
    found(book, kind, objectClass, borrowed, returned, null, detail);
  }

  /** The same, with what the caller itself remembers. */
  public static void found(
      PoolBook book,
      ViolationKind kind,
      @Nullable String objectClass,
      @Nullable Sighting borrowed,
      @Nullable Sighting returned,
      @Nullable Sighting removed,
      @Nullable String detail) {
    book.violated(kind);
    report(book, kind, objectClass, borrowed, returned, removed, detail);
  }

  /** The present thread used an object that its pool has back, or has destroyed. */
  public static void used(
      PoolBook book, ViolationKind kind, Object object, Life life, @Nullable String detail) {
    Departed.Departure departure =
        kind == ViolationKind.USE_AFTER_DESTROY ? Departed.from(book, object) : null;
    found(
        book,
        kind,
        object.getClass().getName(),
        LoanTrail.borrowOf(life),
        LoanTrail.returnOf(life),
        departure == null ? null : departure.sighting,
        detail);
  }

  /** The same of a pool that counts for itself, and remembers nothing of its objects. */
  public static void counted(
      PoolBook book, ViolationKind kind, @Nullable String objectClass, @Nullable String detail) {
    report(book, kind, objectClass, null, null, null, detail);
  }

  /** The same, where the object has a life. */
  public static void counted(
      PoolBook book,
      ViolationKind kind,
      @Nullable String objectClass,
      Life life,
      @Nullable String detail) {
    report(
        book, kind, objectClass, LoanTrail.borrowOf(life), LoanTrail.returnOf(life), null, detail);
  }

  /** A loan lasts too long; found by the agent's own thread. */
  public static void overdue(PoolBook book, Life life, @Nullable String detail) {
    book.violated(ViolationKind.OVERDUE);
    unseen(book, ViolationKind.OVERDUE, LoanTrail.borrowOf(life), detail);
  }

  /**
   * An object was collected while it was lent; found by the agent's own thread. The book has
   * counted it as {@link RemovalReason#LEAKED leaked}.
   */
  public static void lost(PoolBook book, Life life) {
    lost(book, LoanTrail.borrowOf(life));
  }

  /** The same, where it is known otherwise how its loan began. */
  static void lost(PoolBook book, @Nullable Sighting borrowed) {
    unseen(
        book,
        ViolationKind.LEAK,
        borrowed,
        "it was collected, so nobody can give it back any more");
    book.arm();
  }

  /** Of a broken contract that shows at no call of the service's. */
  private static void unseen(
      PoolBook book, ViolationKind kind, @Nullable Sighting borrowed, @Nullable String detail) {
    if (!isMerged(book, kind, null, borrowed, null, null, detail) && hasRoom()) {
      Violation violation = null;
      try {
        violation =
            new Violation(
                book, kind, book.facts().objectClass(), null, borrowed, null, null, detail, null);
      } finally {
        add(violation);
      }
    }
  }

  /** Fills the room that was taken, or gives it back if an error of the JVM came in between. */
  private static void add(@Nullable Violation violation) {
    if (violation == null) {
      ROOM.incrementAndGet();
    } else {
      WAITING.add(violation);
    }
  }

  /** Counts a report with one that is alike and waits: many of a kind leave room for others. */
  private static boolean isMerged(
      PoolBook book,
      ViolationKind kind,
      @Nullable Sighting offence,
      @Nullable Sighting borrowed,
      @Nullable Sighting returned,
      @Nullable Sighting removed,
      @Nullable String detail) {
    for (Violation waiting : WAITING) {
      if (waiting.isLike(book, kind, offence, borrowed, returned, removed, detail)
          && waiting.oneMore()) {
        return true;
      }
    }
    return false;
  }

  /** Takes room for one report, or counts it as untold. */
  private static boolean hasRoom() {
    if (ROOM.getAndDecrement() > 0) {
      return true;
    }
    ROOM.incrementAndGet();
    UNTOLD.incrementAndGet();
    return false;
  }

  private static void report(
      PoolBook book,
      ViolationKind kind,
      @Nullable String objectClass,
      @Nullable Sighting borrowed,
      @Nullable Sighting returned,
      @Nullable Sighting removed,
      @Nullable String detail) {
    if (LOOKED_AT.get(kind.ordinal()) >= MOST_LOOKED_AT) {
      UNTOLD.incrementAndGet();
      return;
    }
    LOOKED_AT.incrementAndGet(kind.ordinal());
    Sighting offence = Sighting.now(0);
    if (isMerged(book, kind, offence, borrowed, returned, removed, detail)) {
      book.arm();
      return;
    }
    if (!hasRoom()) {
      return;
    }
    Violation violation = null;
    try {
      violation =
          new Violation(
              book,
              kind,
              objectClass == null ? book.facts().objectClass() : objectClass,
              offence,
              borrowed,
              returned,
              removed,
              detail,
              DurationSamples.currentSpan());
    } finally {
      add(violation);
    }
    book.arm();
  }

  /**
   * An object was given back, or invalidated, that its pool does not have.
   *
   * @param refused whether the pool said so; if not, it let the call pass, as a pool does that
   *     removes abandoned objects, whose holders may come late
   */
  public static void strayed(PoolBook book, Object object, boolean refused) {
    Departed.Departure departure = Departed.from(book, object);
    String name = object.getClass().getName();
    if (departure != null) {
      if (departure.reason == RemovalReason.QUARANTINED) {
        found(
            book,
            ViolationKind.DOUBLE_RETURN,
            name,
            null,
            null,
            departure.sighting,
            "the object is in quarantine since it was given back before");
      } else if (departure.reason != RemovalReason.ABANDONED) {
        found(
            book,
            ViolationKind.USE_AFTER_DESTROY,
            name,
            null,
            null,
            departure.sighting,
            departure.reason == null
                ? "the pool had destroyed the object"
                : "the pool had removed the object: ".concat(departure.reason.label()));
      }
      return;
    }
    if (!book.system().violations().contains(ViolationKind.FOREIGN_RETURN)) {
      return; // such a pool may have had it, and destroyed it
    }
    if (book.lentBesides()) {
      if (refused) {
        found(
            book,
            ViolationKind.FOREIGN_RETURN,
            name,
            null,
            null,
            null,
            "or poolwatch's experiment lent the object, and it was given back before");
      }
      return;
    }
    if (Departed.hasOverflowed()) {
      if (refused) {
        found(
            book,
            ViolationKind.FOREIGN_RETURN,
            name,
            null,
            null,
            null,
            "or the pool destroyed the object long ago: more were destroyed than are remembered");
      }
      return;
    }
    found(book, ViolationKind.FOREIGN_RETURN, name, null, null, null, null);
  }

  /** Takes the oldest report, or null if there is none. */
  public static @Nullable Violation poll() {
    Violation violation = WAITING.poll();
    if (violation != null) {
      ROOM.incrementAndGet();
    } else {
      for (int kind = 0; kind < LOOKED_AT.length(); kind++) {
        LOOKED_AT.set(kind, 0);
      }
    }
    return violation;
  }

  /** Violations that were counted, but not reported because too many came at once. */
  public static long untold() {
    return UNTOLD.get();
  }
}
