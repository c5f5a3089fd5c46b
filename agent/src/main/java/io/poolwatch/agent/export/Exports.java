package io.poolwatch.agent.export;

import io.poolwatch.book.Ledger;
import io.poolwatch.otel.CollapseReadings;

/** Chooses how the figures are told, by the standard variables. */
public final class Exports {
  private Exports() {}

  /**
   * The exporter that the user asked for, or the fallback if none was asked for. Loads no class of
   * the SDK unless it is needed.
   *
   * @param variables the standard settings
   * @param ledger the pools; ticked by the caller
   * @param counts what the agent counts about itself
   * @param readings how the hit rates of the pools are doing
   * @param notices where to say what went wrong, and what works again
   * @param fallback what tells the figures when no exporter is configured, or it cannot start
   */
  public static MetricsExport choose(
      OtelVariables variables,
      Ledger ledger,
      AgentCounts counts,
      CollapseReadings readings,
      Notices notices,
      MetricsExport fallback) {
    try {
      ExportPlan plan = ExportPlan.of(variables);
      return plan.exports()
          ? new OtelExport(plan, variables, ledger, counts, readings, notices, fallback)
          : fallback;
    } catch (BadSetting bad) {
      notices.warn(
          "metrics are not exported, and summed up in the log instead: " + bad.getMessage());
      return fallback;
    }
  }
}
