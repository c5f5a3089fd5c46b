package io.poolwatch.guard;

import io.poolwatch.book.Life;
import io.poolwatch.book.PoolSystem;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.Share;
import io.poolwatch.book.ViolationKind;
import io.poolwatch.violation.Handles;
import io.poolwatch.violation.Violations;
import org.jspecify.annotations.Nullable;

/**
 * Calls of methods on objects that are not lent: which of them break the contract. Off the path of
 * good calls. Never throws.
 */
final class Uses {
  private Uses() {}

  /** A method of an object began, and the tag in the place that its hash names is not its own. */
  static void perhaps(Object self, int hash) {
    try {
      look(self, hash);
    } catch (StackOverflowError end) {
      // The service's stack ends here: there was no room even to count that.
    }
  }

  private static void look(Object self, int hash) {
    Ward ward = null;
    try {
      ward = Places.find(self, hash);
      if (ward != null
          && ward.isWatched()
          && Wards.isOn()
          && !ward.kind.isLeft()
          && !ward.isHandled()) {
        judge(self, ward);
      }
    } catch (Throwable t) {
      if (ward != null) {
        ward.home().book.system().guard().failed(t);
      }
    }
  }

  /** A method of an object began whose handle says that it was given back. */
  static void recycled(Object self, PooledHandle handle) {
    try {
      look(self, handle);
    } catch (StackOverflowError end) {
      // As above.
    }
  }

  private static void look(Object self, PooledHandle handle) {
    Share share = null;
    try {
      share = handle.poolwatch$share();
      if (share == null || !Wards.isOn() || isOff(share.book().system())) {
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
      if (share != null) {
        share.book().system().guard().failed(t);
      }
    }
  }

  /** Also if the hooks are off that would have told of a borrow. */
  private static boolean isOff(PoolSystem system) {
    return system.guard().isOpen() || system.breaker().isOpen();
  }

  private static void judge(Object self, Ward ward) {
    Ward.Home home = ward.home();
    if (isOff(home.book.system())) {
      return;
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
