package io.poolwatch.agent.start;

import io.poolwatch.agent.collapse.CollapseWatch;
import io.poolwatch.agent.collapse.WatchedPools;
import io.poolwatch.agent.config.Options;
import io.poolwatch.agent.config.Settings;
import io.poolwatch.agent.experiment.Experiments;
import io.poolwatch.agent.export.AgentEvent;
import io.poolwatch.agent.export.Exports;
import io.poolwatch.agent.export.MetricsExport;
import io.poolwatch.agent.export.Notices;
import io.poolwatch.agent.export.OtelVariables;
import io.poolwatch.agent.finding.Findings;
import io.poolwatch.agent.gc.Promotion;
import io.poolwatch.agent.guard.GuardDuty;
import io.poolwatch.agent.log.AgentLog;
import io.poolwatch.agent.page.Journal;
import io.poolwatch.agent.report.SummaryReport;
import io.poolwatch.agent.trace.ServiceSpans;
import io.poolwatch.agent.violation.AsidePools;
import io.poolwatch.agent.violation.OverdueLoans;
import io.poolwatch.agent.violation.ViolationReports;
import io.poolwatch.agent.worth.Verdicts;
import io.poolwatch.woven.commonspool2.LatePools;
import io.poolwatch.woven.threadlocal.FoundPools;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the agent's thread does about pools once there are any: the ledger's upkeep, export, and
 * word of our own failures.
 */
final class Duties {
  private final Watching watching;
  private final Gaps gaps;
  private final ServiceSpans spans;
  private final BreakerReport breakers;
  private final TrackingReport tracking;
  private final OverdueLoans overdue;
  private final AsidePools aside;
  private final ViolationReports violations;
  private final Findings findings;
  private final CollapseWatch collapse;
  private final Verdicts verdicts;
  private final @Nullable Experiments experiments;
  private final Reporting reporting;
  private final LiveState live;
  private final boolean tellsAtExit;
  private final MetricsExport export;
  private final @Nullable GuardDuty guard;
  private final @Nullable Promotion promotion;

  Duties(
      BootSide boot,
      Settings settings,
      ServiceSpans spans,
      List<String> unwatched,
      Runnable onCollection) {
    watching = boot.watching();
    gaps = boot.gaps();
    this.spans = spans;
    breakers = new BreakerReport(watching.systems());
    tracking = new TrackingReport(settings.count(Options.TRACK_MAX));
    Notices notices = new LogNotices();
    // First of all: what is born until then has to be taken for born at this moment.
    promotion =
        settings.flag(Options.PROMOTION)
            ? Promotion.follow(
                boot.instrumentation(),
                notices,
                settings.flag(Options.PROMOTION_RECORDER),
                onCollection)
            : null;
    followCollections();
    WatchedPools pools = new WatchedPools();
    guard =
        settings.flag(Options.GUARD)
            ? new GuardDuty(
                boot.instrumentation(),
                watching.systems(),
                settings.patterns(Options.GUARD_CLASSES).isEmpty()
                    ? null
                    : settings.patterns(Options.GUARD_CLASSES)::match,
                settings.patterns(Options.GUARD_ALLOW)::match,
                AgentLog::debug,
                AgentLog::info)
            : null;
    MetricsExport summary =
        new SummaryReport(watching.ledger(), notices, settings.millis(Options.SUMMARY_PERIOD));
    if (!settings.flag(Options.EXIT_TABLE)) {
      summary = new SilentEnd(summary);
    }
    export =
        settings.flag(Options.TELEMETRY)
            ? Exports.choose(
                OtelVariables.ofProcess(),
                watching.ledger(),
                watching.counts(),
                pools,
                notices,
                summary)
            : new NoExport();
    Journal journal = new Journal();
    Consumer<AgentEvent> told =
        event -> {
          export.event(event);
          journal.accept(event);
        };
    overdue = new OverdueLoans(watching.ledger(), notices, settings.millis(Options.OVERDUE_AFTER));
    aside = new AsidePools(watching.ledger(), notices);
    violations = new ViolationReports(watching.ledger(), notices, told);
    findings =
        new Findings(watching.ledger(), notices, told, settings.millis(Options.FINDINGS_AFTER));
    collapse =
        new CollapseWatch(
            watching.ledger(),
            pools,
            notices,
            told,
            export::soon,
            settings.millis(Options.COLLAPSE_TICK));
    verdicts =
        new Verdicts(
            watching.ledger(), notices, export::event, settings.millis(Options.WORTH_AFTER));
    experiments =
        settings.patterns(Options.EXPERIMENT).isEmpty()
            ? null
            : new Experiments(
                watching.ledger(),
                notices,
                settings.patterns(Options.EXPERIMENT)::match,
                settings.patterns(Options.EXPERIMENT).toString(),
                settings.millis(Options.EXPERIMENT_SLICE),
                verdicts::found);
    reporting =
        new Reporting(boot, settings, journal, pools::of, verdicts, guard, promotion, notices);
    live = new LiveState(reporting, unwatched);
    tellsAtExit = settings.flag(Options.EXIT_TABLE) && settings.flag(Options.TELEMETRY);
    export.start();
  }

  /** Does what is due. What fails keeps nobody from the export. */
  void tick(long nowNanos) {
    try {
      look(nowNanos);
    } finally {
      export.tick(nowNanos);
    }
  }

  private void look(long nowNanos) {
    // First of all, to have room for what is found by the next ones.
    violations.tick(nowNanos);
    followCollections();
    lookIntoLatePools(nowNanos);
    watching.ledger().tick(nowNanos);
    spans.tick(watching.ledger().hasPools());
    breakers.tick();
    tracking.tick();
    if (guard != null) {
      guard.tick();
    }
    overdue.tick(nowNanos);
    aside.tick();
    findings.tick(nowNanos);
    collapse.tick(nowNanos);
    verdicts.tick(nowNanos);
    if (experiments != null) {
      experiments.tick(nowNanos);
    }
    reporting.tick(nowNanos);
  }

  /** Before the ledger, which names no pool that was not looked into. */
  private void lookIntoLatePools(long nowNanos) {
    String failure = LatePools.look(nowNanos);
    if (failure != null) {
      AgentLog.warn("not watched: ".concat(failure));
      gaps.add(failure);
    }
    FoundPools.tick(nowNanos);
  }

  private void followCollections() {
    if (promotion != null) {
      promotion.tick();
      watching.counts().collections(promotion.tenuring());
    }
  }

  /** A collection ran, so long ago. */
  void collected(long sinceNanos) {
    watching.ledger().collected(sinceNanos);
  }

  /** Does the last work, in so much time; what fails keeps nobody from the last export. */
  void close(long timeoutMillis) {
    Thread report = null;
    long end = 0;
    try {
      tellAtExit();
      end = System.nanoTime() + timeoutMillis * 1_000_000L;
      report = reporting.beginAtExit();
    } finally {
      export.close(timeoutMillis);
    }
    if (report != null) {
      await(report, (end - System.nanoTime()) / 1_000_000L);
    }
  }

  private void tellAtExit() {
    tracking.tick();
    violations.close();
    findings.close();
    if (experiments != null) {
      experiments.close(System.nanoTime());
    }
    if (tellsAtExit) {
      verdicts.close();
    }
    if (guard != null && !watching.ledger().snapshot().isEmpty()) {
      guard.close();
    }
  }

  private static void await(Thread report, long millis) {
    try {
      report.join(Math.max(1, millis));
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    if (report.isAlive()) {
      AgentLog.warn("the report is not written: there was no time left (exit.timeout)");
    }
  }

  /** What a live table is told. */
  LiveState live() {
    return live;
  }

  /** Tells nobody. */
  private static final class NoExport implements MetricsExport {
    @Override
    public void start() {}

    @Override
    public void tick(long nowNanos) {}

    @Override
    public void close(long timeoutMillis) {}
  }

  /** Says it in the agent's log. */
  private static final class LogNotices implements Notices {
    @Override
    public void info(String line) {
      AgentLog.info(line);
    }

    @Override
    public void warn(String line) {
      AgentLog.warn(line);
    }
  }

  /** A summary without the table at exit. */
  private static final class SilentEnd implements MetricsExport {
    private final MetricsExport summary;

    SilentEnd(MetricsExport summary) {
      this.summary = summary;
    }

    @Override
    public void start() {
      summary.start();
    }

    @Override
    public void tick(long nowNanos) {
      summary.tick(nowNanos);
    }

    @Override
    public void close(long timeoutMillis) {}
  }
}
