package io.poolwatch.pool;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a put does beyond keeping the object: reset it, and in debug mode drop a share of all puts
 * and recognise an object that was put twice. A pool without any of these has no instance of this
 * class.
 */
final class PutChecks {

  private final @Nullable Consumer<Object> reset;
  private final double dropShare;
  private final @Nullable PutObjects putObjects;

  private PutChecks(
      @Nullable Consumer<Object> reset, double dropShare, @Nullable PutObjects putObjects) {
    this.reset = reset;
    this.dropShare = dropShare;
    this.putObjects = putObjects;
  }

  /** Null when there is nothing to check. */
  static @Nullable PutChecks of(
      @Nullable Consumer<Object> reset, double dropShare, boolean detectDoublePut) {
    if (reset == null && dropShare == 0 && !detectDoublePut) {
      return null;
    }
    return new PutChecks(reset, dropShare, detectDoublePut ? new PutObjects() : null);
  }

  /** Notes the put; true when the object had been put before and not been taken since. */
  boolean isDoublePut(Object object) {
    return putObjects != null && !putObjects.add(object);
  }

  void reset(Object object) {
    if (reset != null) {
      reset.accept(object);
    }
  }

  boolean mustDrop() {
    return dropShare > 0 && ThreadLocalRandom.current().nextDouble() < dropShare;
  }

  /** An object is handed out again. */
  void taken(Object object) {
    if (putObjects != null) {
      putObjects.remove(object);
    }
  }
}
