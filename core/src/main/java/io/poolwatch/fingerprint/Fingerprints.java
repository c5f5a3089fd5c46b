package io.poolwatch.fingerprint;

import io.poolwatch.book.Companion;
import io.poolwatch.book.Life;
import io.poolwatch.book.PoolBook;
import io.poolwatch.memory.Memory;
import io.poolwatch.violation.LoanTrail;
import io.poolwatch.violation.Sighting;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes the content of some returned objects and compares it when they are lent again. Whoever
 * calls has the object to itself, as a pool has one that it is about to keep or to lend; a write of
 * somebody else's at that very moment is what is looked for, and does no harm here. Nothing in here
 * throws. Thread-safe.
 */
public final class Fingerprints {
  /** One return in so many unless configured otherwise. */
  public static final int DEFAULT_RATE = 1024;

  private static final int MOST_ASIDE = 256;
  private static final ConcurrentLinkedQueue<Aside> ASIDE = new ConcurrentLinkedQueue<>();
  private static final AtomicInteger ROOM = new AtomicInteger(MOST_ASIDE);

  /** Plain: read at each return; seen late is seen soon enough. */
  private static int rate;

  private Fingerprints() {}

  /**
   * Sets the rate; {@link Memory#open} must have been called before, or nothing is taken.
   *
   * @param oneIn one return in so many, exactly; 1 all, 0 none
   */
  public static void rate(int oneIn) {
    rate = Memory.isOpen() ? oneIn : 0;
  }

  /**
   * Names classes whose objects are looked at field by field: such as do not change by themselves.
   *
   * @param classes asked once a class, by its name
   */
  public static void classes(Predicate<String> classes) {
    Subjects.name(classes);
  }

  /**
   * Whether this return is one of those whose object is looked at. By chance, so that no rhythm of
   * the service's can hide from it, and without a counter that threads would share.
   *
   * @param life of the object, whose loan is counted already
   */
  public static boolean isDue(Life life) {
    int oneIn = rate;
    boolean drawn = oneIn <= 1 ? oneIn == 1 : draw(life.salt(), life.loans(), oneIn) == 0;
    return drawn && life.print() != Print.NEVER;
  }

  /** The object is looked at no more: it may be lent while it is idle to its pool. */
  public static void leave(Life life) {
    life.print(Print.NEVER);
  }

  /** A number from 0 to below a bound, by chance, for the how-manieth loan of a salt. */
  static int draw(int salt, long loans, int bound) {
    long mixed = Digest.finish(((long) salt << Integer.SIZE) + loans);
    return (int) (((mixed >>> Integer.SIZE) * bound) >>> Integer.SIZE);
  }

  /** A pool is about to keep an object that was given back, and nobody is to write to it now. */
  public static void take(PoolBook book, Life life, @Nullable Object object) {
    if (object == null) {
      return;
    }
    if (Subjects.include(object) && !isAside(book)) {
      life.print(print(object, Digest.finish(life.loans() ^ life.salt())));
    }
  }

  static int rate() {
    return rate;
  }

  static boolean isAside(PoolBook book) {
    Companion judge = book.companion();
    return judge != null && ((Judge) judge).isAside();
  }

  static @Nullable Print print(Object object, long seed) {
    try {
      return Print.of(object, seed);
    } catch (Throwable unreadable) {
      // Memory that its owner freed, or an object of a class that cannot be asked for its fields.
      return null;
    }
  }

  /**
   * A pool is about to do something with an idle object that may change it, such as making it
   * ready: compares it, if its content was taken, and forgets that.
   *
   * @return whether its content was taken
   */
  public static boolean check(PoolBook book, Life life, @Nullable Object object) {
    Companion print = life.print();
    if (print == null || print == Print.NEVER) {
      return false;
    }
    life.print(null);
    if (object == null) {
      return false;
    }
    return compare(book, (Print) print, object, LoanTrail.borrowOf(life), LoanTrail.returnOf(life));
  }

  /** Compares an object; false if it cannot be read. */
  static boolean compare(
      PoolBook book,
      Print print,
      Object object,
      @Nullable Sighting borrowed,
      @Nullable Sighting returned) {
    boolean same;
    try {
      same = print.matches(object);
    } catch (Throwable unreadable) {
      return false;
    }
    Finding finding =
        same ? null : new Finding(book, object.getClass().getTypeName(), borrowed, returned);
    if (!Subjects.isPassive(object)) {
      judge(book, object, finding);
    } else if (finding != null) {
      finding.tell();
    }
    return true;
  }

  private static void judge(PoolBook book, Object object, @Nullable Finding finding) {
    Judge judge = (Judge) book.companion();
    if (judge == null) {
      judge = (Judge) book.companion(new Judge());
    }
    if (judge.isAside()) {
      return;
    }
    for (Finding each : finding == null ? judge.same() : judge.differs(finding)) {
      each.tell();
    }
    if (judge.isAside() && judge.tellOnce() && ROOM.getAndDecrement() > 0) {
      ASIDE.add(new Aside(book, object.getClass().getName(), judge.percent()));
    }
  }

  /** The next pool that was set aside since the last time; null if there is none. */
  public static @Nullable Aside pollAside() {
    return ASIDE.poll();
  }
}
