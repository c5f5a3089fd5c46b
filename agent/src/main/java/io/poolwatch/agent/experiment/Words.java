package io.poolwatch.agent.experiment;

import io.poolwatch.agent.worth.Evidence;
import io.poolwatch.agent.worth.Figures;
import io.poolwatch.experiment.Arm;
import io.poolwatch.experiment.Comparison;
import io.poolwatch.experiment.Estimate;
import io.poolwatch.experiment.Turn;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is said of an experiment that is over. No state. */
final class Words {
  /** Collections in a turn below which it is not told how often they come in either arm. */
  private static final int LEAST_COLLECTIONS = 1;

  private Words() {}

  /**
   * Evidence of what was found.
   *
   * @param ending why it ended before its time; null normally
   */
  static Evidence evidence(Comparison comparison, @Nullable String ending) {
    Estimate estimate = comparison.estimate();
    if (estimate == null) {
      return new Evidence(
          Evidence.Finding.OPEN,
          ending == null ? "not decided: next to nothing was borrowed" : ending,
          comparison.blocks() + " blocks of turns with the pool and without, too few to compare");
    }
    String figures = figures(comparison, estimate);
    String early = ending == null ? "" : " (" + ending + ")";
    if (comparison.isDearer() && estimate.isDearer()) {
      return new Evidence(Evidence.Finding.PAYS, "building anew costs more" + early, figures);
    }
    if (comparison.isCheaper() && estimate.isCheaper()) {
      return new Evidence(Evidence.Finding.COSTS, "building anew costs less" + early, figures);
    }
    return new Evidence(
        Evidence.Finding.OPEN,
        ending == null ? "not decided in " + estimate.blocks() + " blocks" : ending,
        figures);
  }

  private static String figures(Comparison comparison, Estimate estimate) {
    Turn pooled = comparison.total(Arm.POOLED);
    Turn unpooled = comparison.total(Arm.UNPOOLED);
    StringBuilder words = new StringBuilder(500);
    words
        .append(Figures.count(pooled.borrows() + unpooled.borrows()))
        .append(" borrows in ")
        .append(estimate.blocks())
        .append(" blocks of turns with the pool and without; without it a borrow takes ")
        .append(nanos(estimate.difference()))
        .append(" of processor time (")
        .append(nanos(estimate.least()))
        .append(" to ")
        .append(Double.isInfinite(estimate.most()) ? "more" : nanos(estimate.most()))
        .append(", by the spread of the blocks")
        .append(
            Double.isInfinite(estimate.most())
                ? "; too few young collections were seen"
                : ", the collector's "
                    + nanos(estimate.ofCollector())
                    + " by the byte included, "
                    + Figures.time(Math.abs(estimate.ofCounting()))
                    + (estimate.ofCounting() < 0 ? " of counting with it" : " of counting")
                    + " taken off, all else that the process does taken to be the same")
        .append(") of ")
        .append(Figures.time(pooled.cpuPerBorrow()))
        .append(" that all Java code takes a borrow, and ")
        .append(bytes(estimate.bytes()))
        .append("; allocation ")
        .append(Figures.bytes(pooled.bytesPerSecond()))
        .append("/s with, ")
        .append(Figures.bytes(unpooled.bytesPerSecond()))
        .append("/s without");
    int turns = 2 * estimate.blocks();
    if (unpooled.collections() >= LEAST_COLLECTIONS * (long) turns) {
      words.append(
          String.format(
              Locale.ROOT,
              "; young collections a minute %.0f with, %.0f without; the old generation grows by"
                  + " %s/s with, %s/s without",
              pooled.collectionsPerMinute(),
              unpooled.collectionsPerMinute(),
              Figures.bytes(pooled.promotedPerSecond()),
              Figures.bytes(unpooled.promotedPerSecond())));
    } else {
      words.append("; too few young collections to tell them by turns");
    }
    return words.toString();
  }

  /** With its sign: more or less. */
  private static String nanos(double value) {
    return Figures.time(Math.abs(value)) + (value < 0 ? " less" : " more");
  }

  private static String bytes(double value) {
    return Figures.bytes(Math.abs(value)) + (value < 0 ? " less" : " more");
  }
}
