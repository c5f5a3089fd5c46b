package io.poolwatch.woven.commonspool2;

import static io.poolwatch.woven.commonspool2.CommonsPool2.BREAKER;

import io.poolwatch.book.Life;
import io.poolwatch.book.ObjectBook;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.ViolationKind;
import io.poolwatch.fingerprint.Fingerprints;
import io.poolwatch.guard.PoolClasses;
import io.poolwatch.guard.Wards;
import io.poolwatch.violation.Departed;
import io.poolwatch.violation.Violations;
import org.jspecify.annotations.Nullable;

/**
 * Tells which contract was broken, from what the library refused or let pass. All of it is off the
 * path of good borrows and returns. Never throws.
 */
final class Misuse {
  /** In place of a record: the pool looked and has none. */
  static final Object NO_RECORD = new Object();

  private Misuse() {}

  /** The pool threw, because of what the caller gave back or for another reason. */
  static void refused(
      ObjectBook book,
      @Nullable Object object,
      @Nullable Object known,
      @Nullable Object woven,
      @Nullable Object state,
      @Nullable Object thrown) {
    try {
      if (object == null || known == null || BREAKER.isOpen()) {
        return;
      }
      if (known == NO_RECORD) {
        // Older keyed pools throw a NullPointerException where they have none of that key.
        if (thrown instanceof IllegalStateException || thrown instanceof NullPointerException) {
          strayed(book, object, true);
        }
        return;
      }
      // The pool may just be removing the object as abandoned: for its holder, that is as if it
      // had.
      if (!(thrown instanceof IllegalStateException) || is(state, "ABANDONED")) {
        return;
      }
      Life life = Lives.of(known, woven);
      RemovalReason removed = life.removalReason();
      if (removed == null) {
        Violations.found(
            book, ViolationKind.DOUBLE_RETURN, object.getClass().getName(), life, null);
      } else if (removed != RemovalReason.ABANDONED) {
        Violations.found(
            book,
            ViolationKind.USE_AFTER_DESTROY,
            object.getClass().getName(),
            life,
            "the pool had removed the object: ".concat(removed.label()));
      }
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
  }

  /** Whether the library will never lend a record any more. */
  static boolean isInvalid(@Nullable Object state) {
    return is(state, "INVALID");
  }

  private static boolean is(@Nullable Object state, String name) {
    return state instanceof Enum && ((Enum<?>) state).name().equals(name);
  }

  /** The pool does not have an object that was given back or invalidated. */
  static void unknown(ObjectBook book, @Nullable Object object, boolean refused) {
    try {
      if (object != null && !BREAKER.isOpen()) {
        strayed(book, object, refused);
      }
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
  }

  private static void strayed(ObjectBook book, Object object, boolean refused) {
    if (!Wards.isLent(book, object)) {
      Violations.strayed(book, object, refused);
    }
  }

  /** A return went through although the object was not lent. */
  static void returnedOddly(ObjectBook book, Life life) {
    ViolationKind kind = book.returnedOddly(life);
    if (book.isInherited()) {
      return; // a call that began before the pool was watched may have lent it
    }
    if (kind == ViolationKind.DOUBLE_RETURN) {
      if (book.isSerial()) {
        lendsTwice(life);
        Violations.found(book, kind, null, life, "the pool did not notice, and may lend it twice");
      } else {
        // Its record is among the idle ones twice, and is lent by the first of them alone.
        Violations.found(book, kind, null, life, "the pool did not notice");
      }
    } else if (kind != null && life.removalReason() != RemovalReason.EVICTED) {
      // An evictor that had the object from its iterator may take it as soon as the return calls it
      // idle, which is before it lies among the idle ones: seen in 2.6.2. The factory is through
      // with it by then, and nobody can help it.
      overlap(book, life, "returnObject");
    }
  }

  /** Two may have the object from now on, and what one may do the other may not. */
  private static void lendsTwice(Life life) {
    Wards.share(life);
    Fingerprints.leave(life);
  }

  /** A return went through although the object was idle, and the pool destroyed it. */
  static void discardedIdle(ObjectBook book, Life life) {
    if (!book.isInherited()) {
      Violations.found(
          book,
          ViolationKind.DOUBLE_RETURN,
          null,
          life,
          "the pool did not notice, and destroyed it");
    }
  }

  /** An object was invalidated; it was idle already. */
  static void invalidatedIdle(ObjectBook book, Life life) {
    if (!book.isInherited()) {
      Violations.found(
          book,
          ViolationKind.DOUBLE_RETURN,
          null,
          life,
          "the object had been given back, and then was invalidated while it was idle");
    }
  }

  /**
   * Two of the pool's paths were at work on one object, one of which destroyed it.
   *
   * @param path the later one
   */
  static void overlap(ObjectBook book, Life life, String path) {
    RemovalReason removed = life.removalReason();
    String first = removed == null ? "another path" : pathOf(removed);
    if (book.isSerial()) {
      Violations.found(
          book,
          ViolationKind.USE_AFTER_DESTROY,
          null,
          life,
          path.concat(" was given an object that had been destroyed by ").concat(first));
      return;
    }
    if (!Wards.tellRace(life)) {
      return; // seen from the other side already
    }
    Violations.found(
        book,
        ViolationKind.VALIDATE_DESTROY_RACE,
        null,
        life,
        path.concat(" worked on an object that was being destroyed by ").concat(first));
  }

  /**
   * An object is about to be destroyed while another path is at work on it.
   *
   * @param atWork which, as {@link Wards#destroying} says it
   */
  static void destroyedDuring(ObjectBook book, Life life, int atWork) {
    String method =
        atWork == Wards.BORROW ? "borrowObject" : atWork == Wards.RETURN ? "returnObject" : "evict";
    if (!isWithin(method)) {
      overlap(book, life, atWork == Wards.EVICTOR ? "the evictor" : method);
    }
  }

  /**
   * Whether the present thread is in a method of a pool: a factory that parts with the object from
   * within one of its own calls is no race.
   */
  private static boolean isWithin(String method) {
    for (StackTraceElement frame : new Throwable().getStackTrace()) {
      if (frame.getMethodName().equals(method) && PoolClasses.include(frame.getClassName())) {
        return true;
      }
    }
    return false;
  }

  private static String pathOf(RemovalReason reason) {
    switch (reason) {
      case EVICTED:
        return "the evictor";
      case INVALIDATED:
        return "invalidateObject";
      case ABANDONED:
        return "the removal of abandoned objects";
      case CLEARED:
        return "clear";
      case CLOSED:
        return "close";
      case CAPACITY:
        return "returnObject, for lack of room";
      default:
        return "a path that found it ".concat(reason.label());
    }
  }

  /** A factory made an object that the pool has already. */
  static void builtTwice(ObjectBook book, Life life) {
    Violations.found(
        book,
        ViolationKind.UNBUILT_USE,
        null,
        life,
        "makeObject returned an object that the pool has already, "
            .concat(life.isLent() ? "lent" : "idle"));
  }

  /**
   * A factory made a record that can never be lent again. The pool had it already if it was lent
   * and destroyed while that call of the factory ran. A new record of such an object says nothing:
   * a factory may take its objects from a store, to which they come back as they are destroyed.
   *
   * @param since when the factory was called
   */
  static void builtInvalid(ObjectBook book, Life life, Object object, long since) {
    if (Departed.leftSince(book, object, since)) {
      Violations.found(
          book,
          ViolationKind.UNBUILT_USE,
          object.getClass().getName(),
          life,
          "makeObject returned an object that the pool had, and destroyed, before it was finished");
    }
  }

  /** The pool destroys an object; from now on it is known as destroyed. */
  static void left(ObjectBook book, @Nullable Object object, @Nullable RemovalReason reason) {
    if (object != null) {
      Departed.left(book, object, reason);
    }
  }
}
