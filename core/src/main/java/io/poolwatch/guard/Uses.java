package io.poolwatch.guard;

import io.poolwatch.book.Life;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.Share;
import io.poolwatch.book.ViolationKind;
import io.poolwatch.violation.Handles;
import io.poolwatch.violation.Violations;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Calls of methods on objects that are not lent: which of them break the contract. Off the path of
 * good calls. Never throws.
 */
final class Uses {
  /** After so many failures of our own, which nobody has seen yet, the guard is off. */
  private static final int MOST_FAILURES = 10;

  private static final AtomicInteger FAILURES = new AtomicInteger();

  private Uses() {}

  /** A method of an object began, and the tag in the place that its hash names is not its own. */
  static void perhaps(Object self, int hash) {
    try {
      Ward ward = Places.find(self, hash);
      if (ward != null
          && ward.isWatched()
          && Wards.isOn()
          && !ward.kind.isLeft()
          && !ward.isHandled()) {
        judge(self, ward);
      }
    } catch (Throwable t) {
      failed();
    }
  }

  private static void failed() {
    if (FAILURES.incrementAndGet() >= MOST_FAILURES) {
      Wards.guard(0);
    }
  }

  /** A method of an object began whose handle says that it was given back. */
  static void recycled(Object self, PooledHandle handle) {
    try {
      Share share = handle.poolwatch$share();
      if (share == null || !Wards.isOn() || share.book().system().breaker().isOpen()) {
        return;
      }
      GuardedClass kind = GuardedClass.of(self.getClass());
      if (kind.isLeft()) {
        return;
      }
      if (Callers.isOwnWork(self.getClass())) {
        kind.calledByItself();
        return;
      }
      Violations.found(
          share.book(),
          ViolationKind.USE_AFTER_RETURN,
          self.getClass().getName(),
          null,
          Handles.returnOf(handle),
          null,
          null);
    } catch (Throwable t) {
      failed();
    }
  }

  private static void judge(Object self, Ward ward) {
    Ward.Home home = ward.home();
    if (home.book.system().breaker().isOpen()) {
      return; // the hooks that would have told of a borrow are off
    }
    Life life = home.life;
    // The book has the last word: it is what the pool's figures are made of.
    boolean gone = life.isRemoved();
    if (!gone && !life.isIdle()) {
      ward.used(System.nanoTime());
      return;
    }
    if (Callers.isOwnWork(self.getClass())) {
      ward.kind.calledByItself();
      return;
    }
    if (life.removalReason() == RemovalReason.QUARANTINED) {
      Violations.used(
          home.book,
          ViolationKind.USE_AFTER_RETURN,
          self,
          life,
          "the object is in quarantine: nobody else had it since");
    } else if (gone) {
      Violations.used(home.book, ViolationKind.USE_AFTER_DESTROY, self, life, removedBecause(life));
    } else {
      Violations.used(home.book, ViolationKind.USE_AFTER_RETURN, self, life, null);
    }
  }

  private static @Nullable String removedBecause(Life life) {
    RemovalReason reason = life.removalReason();
    return reason == null ? null : "the pool had removed the object: ".concat(reason.label());
  }
}
