package io.poolwatch.gc;

import io.poolwatch.memory.Memory;
import org.jspecify.annotations.Nullable;

/**
 * When an object was born, and whether it is in the old generation by now.
 *
 * <p>Promotion is monotone in the birth: if an object has been promoted for its age, so has all
 * that was born before it. So a stamp at the birth, and one watermark for the whole JVM, say which
 * pooled objects are old, without a look at any of them.
 *
 * <p>A stamp is the number of collections since the agent opened the JVM's counters, or the time
 * since then where there are no counters. A birth before that is stamped 0, as if it had been at
 * that moment: it is known to be promoted later than it was, never earlier.
 *
 * <p>All methods are thread-safe, take no lock, allocate nothing and throw nothing.
 */
public final class Epochs {
  /** A birth of which nothing is known: never counted as tenured. */
  public static final long UNKNOWN = Long.MAX_VALUE;

  /** The birth of an object that was allocated in the old generation at once. */
  public static final long BORN_OLD = Long.MIN_VALUE;

  private static final int UNOPENED = 0;
  private static final int COUNTERS = 1;
  private static final int CLOCK = 2;
  private static final int SHUT = 3;

  private static volatile int source = UNOPENED;
  private static volatile boolean lingers;
  private static volatile long watermark;
  private static volatile Watermarks watermarks = Watermarks.NONE;
  private static volatile OldArrays oldArrays = OldArrays.NONE;
  private static volatile OutOfTurn outOfTurn = OutOfTurn.NONE;
  private static volatile boolean lackedRoom;

  private static long youngAddress;
  private static long fullAddress;
  private static long thresholdAddress;
  private static long countBase;
  private static long clockBase;

  private Epochs() {}

  /** Whether this JVM tells what is needed; false before the agent has looked. */
  public static boolean isOn() {
    int now = source;
    return now == COUNTERS || now == CLOCK;
  }

  /**
   * Whether weak references to young garbage stay until the old generation is collected, as on
   * generational ZGC, so that nothing can be learnt from when they are cleared.
   */
  public static boolean garbageLingers() {
    return lingers;
  }

  /** Says that it does. */
  public static void garbageLingering() {
    lingers = true;
  }

  /**
   * The stamp of this moment; later moments have no smaller ones. {@link #UNKNOWN} where this JVM
   * does not tell.
   */
  public static long now() {
    int now = source;
    if (now == COUNTERS) {
      return Counters.total();
    }
    if (now == CLOCK) {
      return System.nanoTime() - clockBase;
    }
    return now == UNOPENED ? 0 : UNKNOWN;
  }

  /**
   * The stamp of an object that was just made; {@link #BORN_OLD} for an array that this collector
   * allocates in the old generation. The object is not called.
   *
   * @param made the object; null is like any small one
   */
  public static long birth(@Nullable Object made) {
    long now = now();
    if (source == COUNTERS) {
      Counters.NOTES.born(now);
    }
    return made != null && made.getClass().isArray() && oldArrays.contain(made) ? BORN_OLD : now;
  }

  /**
   * Whether young collections free an object that was {@linkplain #BORN_OLD born old}, once nobody
   * refers to it: G1 does that to arrays without references. It is then no garbage of the old
   * generation, in which it lies.
   */
  public static boolean isFreedYoung(Object bornOld) {
    Class<?> element = bornOld.getClass().getComponentType();
    return element != null && element.isPrimitive() && oldArrays.areFreedYoung();
  }

  /** Whether a birth was promoted by a collection that is known of by now. */
  public static boolean isTenured(long birth) {
    return birth < watermark;
  }

  /**
   * Whether an object of a birth that is not {@linkplain #isTenured tenured} may have been promoted
   * all the same, for lack of room, and may be looked at; {@link #isPromotedOutOfTurn} tells.
   *
   * @param isGarbage whether the pool has parted with it, so that perhaps nobody has it any longer:
   *     where the collector marks beside the service a look would keep it
   */
  public static boolean mayBeOutOfTurn(long birth, boolean isGarbage) {
    OutOfTurn known = outOfTurn;
    return known.contain(birth) && !(isGarbage && known.marksBeside());
  }

  /**
   * Whether an object was promoted, whatever its age; false if that cannot be seen. Only of one
   * that {@linkplain #mayBeOutOfTurn may have been}. The object is not called.
   */
  public static boolean isPromotedOutOfTurn(Object object, long birth) {
    OutOfTurn known = outOfTurn;
    return source == COUNTERS
        && known.contain(birth)
        && known.isPromoted(object, birth, Counters.YOUNG, Counters.FULL, Counters.BASE);
  }

  /**
   * Whether a birth had been promoted at a moment. Moments are remembered for {@value
   * Watermarks#REMEMBERED} collections; for one before, the oldest of these is asked.
   *
   * @param at the stamp of the moment
   */
  public static boolean wasTenured(long birth, long at) {
    return birth == BORN_OLD || birth < watermarks.at(at);
  }

  /** Whether all collections up to the moment of a stamp are known of by now. */
  public static boolean isSettled(long at) {
    return at <= watermarks.settled();
  }

  /**
   * By what kind of collection births of a stamp were promoted; {@link PromotionKind#AGED} where
   * that is too long ago to be remembered, or has not happened.
   */
  public static PromotionKind kindOf(long birth) {
    return birth == BORN_OLD ? PromotionKind.BORN_OLD : watermarks.kindOf(birth);
  }

  /**
   * Stamps births by the JVM's counters from now on; to be called once, and after {@link Memory}
   * was opened.
   *
   * @param young where the JVM counts young collections: an address that stays valid
   * @param full the same for full collections
   * @param threshold the same for the tenuring threshold
   * @param base how many of both there have been at the moment of stamp 0
   */
  public static void openCounters(long young, long full, long threshold, long base) {
    youngAddress = young;
    fullAddress = full;
    thresholdAddress = threshold;
    countBase = base;
    Counters.total();
    source = COUNTERS;
  }

  /**
   * What the JVM's counter of the tenuring threshold held when there had been so many young
   * collections; -1 if no object was born between that one and the next, or it is long ago. To be
   * asked once the counters are open.
   */
  public static int thresholdAtBirthsAfter(long young) {
    return Counters.NOTES.at(young);
  }

  /**
   * Stamps births by the clock from now on; to be called once.
   *
   * @param base what {@code System.nanoTime} says of the stamp 0
   */
  public static void openClock(long base) {
    clockBase = base;
    source = CLOCK;
  }

  /** Which arrays are allocated in the old generation from now on. */
  public static void oldArrays(OldArrays arrays) {
    oldArrays = arrays;
  }

  /**
   * Whether the last young collection promoted objects out of turn for certain: it is time to look
   * which, before the pools part with them.
   */
  public static boolean lackedRoom() {
    return lackedRoom;
  }

  /** Says whether it did. */
  public static void lackedRoom(boolean itDid) {
    lackedRoom = itDid;
  }

  /** Which births may be promoted out of turn, as is known from now on. */
  public static void outOfTurn(OutOfTurn births) {
    outOfTurn = births;
  }

  /** What is known from now on. Never to be called by two threads at once. */
  public static void publish(Watermarks known) {
    watermarks = known;
    watermark = known.current();
  }

  /** Says that this JVM does not tell, or no longer does. */
  public static void shut() {
    source = SHUT;
  }

  /** Addresses as constants, so that the JIT makes plain loads of these calls. */
  private static final class Counters {
    private static final long YOUNG = youngAddress;
    private static final long FULL = fullAddress;
    private static final long BASE = countBase;
    static final ThresholdNotes NOTES = new ThresholdNotes(youngAddress, thresholdAddress);

    static long total() {
      try {
        return Memory.getLong(YOUNG) + Memory.getLong(FULL) - BASE;
      } catch (Throwable closed) {
        return UNKNOWN;
      }
    }
  }
}
