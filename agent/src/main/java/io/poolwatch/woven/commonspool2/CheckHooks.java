package io.poolwatch.woven.commonspool2;

import static io.poolwatch.woven.commonspool2.CommonsPool2.BREAKER;

import io.poolwatch.worth.Beside;
import org.jspecify.annotations.Nullable;

/**
 * Hooks in {@code makeObject} of the library's own bases of factories, between {@code create} and
 * {@code wrap}: from 2.12 on it makes the text of an error there, in case that {@code create} gave
 * null. That is no part of what building the object takes.
 */
public final class CheckHooks {
  private CheckHooks() {}

  /** A factory was constructed. */
  public static Beside newBeside() {
    return new Beside();
  }

  /** The factory gave an object. Gives a ticket, 0 if this time is not measured. */
  public static long begins(@Nullable Beside beside) {
    try {
      return beside == null ? 0 : beside.begins();
    } catch (Throwable t) {
      BREAKER.failed(t);
      return 0;
    }
  }

  /** It is about to be asked to wrap the object. */
  public static void ended(@Nullable Beside beside, long ticket) {
    try {
      if (beside != null) {
        beside.ended(ticket);
      }
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
  }

  /** A building of this factory is measured. */
  static void measures(@Nullable Object factory) {
    Beside beside = of(factory);
    if (beside != null) {
      beside.again();
    }
  }

  /** Bytes that this factory's base allocates for each object; 0 if it has none. */
  static long bytes(@Nullable Object factory) {
    Beside beside = of(factory);
    return beside == null ? 0 : beside.bytes();
  }

  private static @Nullable Beside of(@Nullable Object factory) {
    return factory instanceof FactoryBase ? ((FactoryBase) factory).poolwatch$beside() : null;
  }
}
