package io.poolwatch.woven.nettyrecycler;

import io.poolwatch.book.Share;
import io.poolwatch.memory.HandleValue;
import io.poolwatch.memory.Memory;
import io.poolwatch.violation.Handles;
import io.poolwatch.violation.LostObjects;
import io.poolwatch.violation.Sighting;

/** Who borrowed and gave back what, while some pool is armed. Apart from the hot path. */
final class Loans {
  private Loans() {}

  /** A get gives an object. */
  static void begins(Share share, Object handleOrObject) {
    try {
      // Without it a return could not be told to be the object's, and all would seem lost.
      if (Memory.isOpen() && !share.book().watchesObjects() && share.book().stackDue()) {
        Object object = HandleValue.of(handleOrObject);
        if (object != null) {
          LostObjects.borrowed(share.book(), object);
        }
      }
    } catch (Throwable failure) {
      NettyRecyclers.SYSTEM.breaker().failed(failure);
    }
  }

  /** A recycle begins. */
  static void ends(Share share, Object handle) {
    try {
      Object object = HandleValue.of(handle);
      Sighting borrowed = object == null ? null : LostObjects.returned(object);
      Handles.returnedWhileArmed(handle, share.book().stackDue(), borrowed);
    } catch (Throwable failure) {
      NettyRecyclers.SYSTEM.breaker().failed(failure);
    }
  }
}
