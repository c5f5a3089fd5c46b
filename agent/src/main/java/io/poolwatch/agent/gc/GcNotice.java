package io.poolwatch.agent.gc;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.GcInfo;
import javax.management.Notification;
import javax.management.openmbean.CompositeData;
import org.jspecify.annotations.Nullable;

/** What a notification of a collector's bean says. */
public final class GcNotice {
  private GcNotice() {}

  /**
   * What it says of a collection; null if it tells of something else.
   *
   * @throws RuntimeException if it cannot be read
   */
  public static @Nullable GcInfo of(Notification notification) {
    return notification
            .getType()
            .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)
        ? GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData())
            .getGcInfo()
        : null;
  }
}
