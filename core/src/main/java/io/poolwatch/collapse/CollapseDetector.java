package io.poolwatch.collapse;

import org.jspecify.annotations.Nullable;

/**
 * Tells whether the hit rate of one pool has collapsed, from how many borrows and misses there were
 * in each tick of some seconds.
 *
 * <pre>
 *   OK ⇄ SUSPECT → COLLAPSED → OK
 * </pre>
 *
 * <p><b>A fall</b> is found by {@linkplain Evidence evidence} that the miss ratio is five points
 * above the {@linkplain Usual usual} one, weighed by how {@linkplain Dispersion wild} this pool's
 * misses are, and only if it is three and a half at least. What is usual is not learned while there
 * is a suspicion, or a collapse would become usual before it is told. The way back is evidence of
 * the same strength that the ratio is as before. <b>A slow decay</b> is found by {@linkplain Decay
 * comparing hours}.
 *
 * <p><b>Not judged</b> are the first borrows of a pool, pools that miss nearly always by design,
 * and ticks with few borrows, which are put together until there are enough. A collapse that lasts
 * for a day is what is usual from then on.
 *
 * <p>Not thread-safe.
 */
public final class CollapseDetector {
  /** Usual length of a tick in seconds, for which the constants here are made. */
  public static final int TICK_SECONDS = 10;

  private static final double SUSPICIOUS = 1.0 / 3;
  private static final double SOUGHT_FALL = 0.05;
  private static final double LEAST_FALL = 0.035;

  /** A pool that misses more often has nothing to lose. */
  private static final double BY_DESIGN = 0.85;

  /** Fewer borrows are no observation. */
  private static final long FEWEST_BORROWS = 100;

  /** Borrows within which a pool fills itself. */
  private static final long WARM_UP_BORROWS = 5_000;

  /** The level of a collapse is followed by this part of the difference. */
  private static final double FOLLOW_COLLAPSE = 1.0 / 30;

  private static final int HOURS_A_DAY = 24;

  private final int ticksAnHour;
  private final Usual usual = new Usual();
  private final Dispersion dispersion = new Dispersion();
  private final Evidence worse = new Evidence();
  private final Evidence better = new Evidence();
  private Decay decay;

  private CollapseState state = CollapseState.OK;
  private boolean decayed;
  private double collapsedRatio;
  private int collapsedTicks;
  private long warmUp;
  private long borrows;
  private long misses;
  private int ticks;

  /** A detector for ticks of the usual length. */
  public CollapseDetector() {
    this(TICK_SECONDS);
  }

  /**
   * A detector.
   *
   * @param tickSeconds length of a tick; the shorter, the sooner a fall is told, and the more of
   *     them are none
   */
  public CollapseDetector(double tickSeconds) {
    ticksAnHour = (int) Math.round(3_600 / tickSeconds);
    decay = new Decay(ticksAnHour);
  }

  /** How the pool is doing, as of the last tick. */
  public CollapseState state() {
    return state;
  }

  /** The evidence of a fall over what is needed: 0 for none, 1 and more for no doubt. */
  public double score() {
    return state == CollapseState.COLLAPSED ? Math.max(1, worse.score()) : worse.score();
  }

  /** The usual miss ratio, from 0 to 1; negative as long as that is not known. */
  public double usual() {
    return usual.isKnown() ? usual.ratio() : -1;
  }

  /**
   * Takes in a tick.
   *
   * @param borrowed borrows that ended in a hit or a miss since the last tick
   * @param missed the misses among them
   * @return what is to be told; null nearly always
   */
  public @Nullable CollapseChange tick(long borrowed, long missed) {
    CollapseChange slow = decay.see(borrowed, missed) ? afterHour() : null;
    if (state == CollapseState.COLLAPSED) {
      collapsedTicks++;
    }
    borrows += borrowed;
    misses += missed;
    ticks++;
    if (borrows < FEWEST_BORROWS) {
      return slow;
    }
    long n = borrows;
    long k = misses;
    borrows = 0;
    misses = 0;
    int gathered = ticks;
    ticks = 0;
    if (warmUp < WARM_UP_BORROWS) {
      warmUp += n;
      return slow;
    }
    CollapseChange fast = observe(n, k, gathered);
    return fast == null ? slow : fast;
  }

  private @Nullable CollapseChange observe(long n, long k, int gathered) {
    double ratio = (double) k / n;
    if (!usual.isKnown()) {
      usual.see(ratio);
      return null;
    }
    usual.see(ratio);
    dispersion.see(n, k, state == CollapseState.COLLAPSED ? collapsedRatio : usual.ratio());
    return state == CollapseState.COLLAPSED
        ? awaitRecovery(n, k, gathered)
        : awaitFall(n, k, gathered);
  }

  private @Nullable CollapseChange awaitFall(long n, long k, int gathered) {
    double ratio = (double) k / n;
    double base = usual.ratio();
    double wildness = dispersion.of(n);
    better.see(n, k, base, base - SOUGHT_FALL, wildness);
    if (better.score() >= 1) {
      // A pool that got better is not to be measured by its bad times.
      better.clear();
      worse.clear();
      usual.restart();
      state = CollapseState.OK;
      return null;
    }
    if (base > BY_DESIGN) {
      usual.follow(ratio, gathered);
      return null;
    }
    worse.see(n, k, base, base + SOUGHT_FALL, wildness);
    if (worse.score() >= 1 && worse.ratio() - base >= LEAST_FALL) {
      CollapseChange fell =
          new CollapseChange(CollapseChange.Kind.FELL, base, worse.ratio(), worse.observations());
      collapse(worse.ratio(), false);
      return fell;
    }
    boolean suspicious = worse.score() >= SUSPICIOUS;
    state = suspicious ? CollapseState.SUSPECT : CollapseState.OK;
    if (!suspicious) {
      usual.follow(ratio, gathered);
    }
    return null;
  }

  private void collapse(double ratio, boolean slowly) {
    state = CollapseState.COLLAPSED;
    decayed = slowly;
    collapsedRatio = ratio;
    collapsedTicks = 0;
    better.clear();
  }

  private @Nullable CollapseChange awaitRecovery(long n, long k, int gathered) {
    double ratio = (double) k / n;
    if (collapsedTicks >= HOURS_A_DAY * ticksAnHour) {
      usual.restart();
      decay = new Decay(ticksAnHour);
      return end(CollapseChange.Kind.ACCEPTED, usual.ratio());
    }
    if (decayed) {
      usual.follow(ratio, gathered);
      return null;
    }
    double base = usual.ratio();
    // Towards what is usual, and away from a level that is itself followed: it may get worse.
    double level = Math.max(collapsedRatio, base + SOUGHT_FALL);
    better.see(n, k, level, base, dispersion.of(n));
    if (better.score() >= 1) {
      return end(CollapseChange.Kind.RECOVERED, better.ratio());
    }
    if (better.score() < SUSPICIOUS) {
      collapsedRatio += FOLLOW_COLLAPSE * (ratio - collapsedRatio);
    }
    return null;
  }

  private CollapseChange end(CollapseChange.Kind kind, double ratio) {
    CollapseChange ended = new CollapseChange(kind, collapsedRatio, ratio, collapsedTicks);
    state = CollapseState.OK;
    worse.clear();
    better.clear();
    return ended;
  }

  private @Nullable CollapseChange afterHour() {
    if (state == CollapseState.COLLAPSED) {
      return decayed && decay.isOver() ? end(CollapseChange.Kind.RECOVERED, decay.latest()) : null;
    }
    if (!decay.isFound() || decay.reference() > BY_DESIGN) {
      return null;
    }
    collapse(decay.latest(), true);
    return new CollapseChange(CollapseChange.Kind.DECAYED, decay.reference(), decay.latest(), 0);
  }
}
