package io.poolwatch.agent.start;

import io.poolwatch.agent.config.Options;
import io.poolwatch.agent.config.Settings;
import io.poolwatch.agent.export.Notices;
import io.poolwatch.agent.export.OtelVariables;
import io.poolwatch.agent.gc.Promotion;
import io.poolwatch.agent.guard.GuardDuty;
import io.poolwatch.agent.history.Histories;
import io.poolwatch.agent.page.ExitReport;
import io.poolwatch.agent.page.Journal;
import io.poolwatch.agent.page.ReportFormat;
import io.poolwatch.agent.page.ReportWriter;
import io.poolwatch.agent.state.Durations;
import io.poolwatch.agent.state.PoolStates;
import io.poolwatch.agent.state.ServiceFacts;
import io.poolwatch.agent.worth.Verdicts;
import io.poolwatch.book.PoolIdentity;
import io.poolwatch.collapse.CollapseReading;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is kept for reports, and the report at exit. One thread. */
final class Reporting {
  private final ServiceFacts service;
  private final Durations durations;
  private final PoolStates states;
  private final Histories histories;
  private final ReportWriter writer;
  private final @Nullable ExitReport atExit;

  /**
   * Begins to keep.
   *
   * @param journal keeps what is told
   * @param collapse how the hit rate of a pool is doing
   */
  Reporting(
      BootSide boot,
      Settings settings,
      Journal journal,
      Function<PoolIdentity, @Nullable CollapseReading> collapse,
      Verdicts verdicts,
      @Nullable GuardDuty guard,
      @Nullable Promotion promotion,
      Notices notices) {
    service = ServiceFacts.ofProcess(OtelVariables.ofProcess().serviceName());
    durations = new Durations(boot.watching().ledger());
    durations.follow();
    states = new PoolStates(boot.watching().ledger(), durations, collapse, verdicts::of);
    histories = new Histories(states, System.nanoTime());
    WatchCoverage coverage =
        new WatchCoverage(settings, boot.watching(), boot.gaps(), histories, guard, promotion);
    writer =
        new ReportWriter(
            service, states, histories, journal, verdicts::withoutPools, coverage::tell);
    String file = settings.text(Options.REPORT);
    String format = settings.text(Options.REPORT_FORMAT);
    atExit =
        file == null || file.isEmpty()
            ? null
            : new ExitReport(writer, notices, file, ReportFormat.of(format == null ? "" : format));
  }

  void tick(long nowNanos) {
    durations.tick(nowNanos);
    histories.tick(nowNanos);
  }

  /** Which process this is. */
  ServiceFacts service() {
    return service;
  }

  /** What is known of the pools now. */
  PoolStates states() {
    return states;
  }

  /** Writes reports at other times. */
  ReportWriter writer() {
    return writer;
  }

  /** Begins to write the report at exit; null if none is wanted. */
  @Nullable Thread beginAtExit() {
    return atExit == null ? null : atExit.begin();
  }
}
