package io.poolwatch.agent.experiment;

import io.poolwatch.agent.worth.Figures;
import io.poolwatch.experiment.Turn;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an experiment must not do to a service; beyond it ends at once. Immutable. */
final class Bounds {
  /** The old generation is nearly full. */
  private static final double FULL = 0.9;

  /** Young collections take so much of the time, and twice as much as with the pool. */
  private static final double PAUSES = 0.2;

  /** So many of all processors are busy more than with the pool. */
  private static final double PROCESSORS = 0.5;

  /** So often the whole heap could be filled in a second with what is allocated more. */
  private static final double FILLED = 2;

  private final int processors;
  private final long heapMost;

  /**
   * The bounds of this JVM.
   *
   * @param processors that it has
   * @param heapMost bytes of heap at most
   */
  Bounds(int processors, long heapMost) {
    this.processors = processors;
    this.heapMost = heapMost;
  }

  /** What is wrong with the heap as it is now, in a clause; null normally. */
  @Nullable String brokenBy(JvmReading now) {
    return now.oldMost > 0 && now.old > FULL * now.oldMost
        ? "the old generation is " + percent((double) now.old / now.oldMost) + " full"
        : null;
  }

  /** What is so much worse without the pool, in a clause; null normally. */
  @Nullable String brokenBy(Turn pooled, Turn unpooled) {
    if (unpooled.pauseShare() > PAUSES && unpooled.pauseShare() > 2 * pooled.pauseShare()) {
      return "young collections take "
          + percent(unpooled.pauseShare())
          + " of the time, with the pool "
          + percent(pooled.pauseShare());
    }
    if (unpooled.bytesPerSecond() - pooled.bytesPerSecond() > FILLED * heapMost) {
      return Figures.bytes(unpooled.bytesPerSecond())
          + " are allocated in a second, twice what the heap holds, with the pool "
          + Figures.bytes(pooled.bytesPerSecond());
    }
    if (unpooled.processors() - pooled.processors() > PROCESSORS * processors) {
      return String.format(
          Locale.ROOT,
          "%.1f of %d processors are busy, with the pool %.1f",
          unpooled.processors(),
          processors,
          pooled.processors());
    }
    return null;
  }

  private static String percent(double share) {
    return Math.round(100 * share) + " %";
  }
}
