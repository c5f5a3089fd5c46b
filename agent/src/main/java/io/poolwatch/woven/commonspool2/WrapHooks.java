package io.poolwatch.woven.commonspool2;

import static io.poolwatch.woven.commonspool2.CommonsPool2.BREAKER;

import io.poolwatch.worth.Beside;

/**
 * Hooks in the constructor of the library's record of an object: what it allocates beside itself,
 * for the pool's sake, is no part of what building the object takes.
 */
public final class WrapHooks {
  private static final Beside BESIDE = new Beside();

  private WrapHooks() {}

  /** A record is being made. Gives a ticket, 0 if this one is not measured. */
  public static long begins() {
    try {
      return BESIDE.begins();
    } catch (Throwable t) {
      BREAKER.failed(t);
      return 0;
    }
  }

  /** It is complete, but for what is ours. */
  public static void ended(long ticket) {
    try {
      BESIDE.ended(ticket);
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
  }

  /** A building is measured. */
  static void measures() {
    BESIDE.again();
  }

  /** Bytes that a record's constructor allocates; 0 before one was measured. */
  static long bytes() {
    return BESIDE.bytes();
  }
}
