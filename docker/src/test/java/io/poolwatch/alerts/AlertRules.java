package io.poolwatch.alerts;

import static io.poolwatch.promql.Selector.label;

import io.poolwatch.alerts.AlertRule.Severity;
import io.poolwatch.otel.MetricAttribute;
import io.poolwatch.otel.PoolwatchMetric;
import io.poolwatch.promql.Metrics;
import io.poolwatch.promql.Selector;
import java.util.List;

/**
 * All alert rules there are, for one translation of names.
 *
 * <p>Windows are at least five minutes: a service that exports once a minute has five samples in
 * one.
 */
public final class AlertRules {
  private static final String POOL =
      String.join(
          ", ",
          Metrics.SERVICE,
          label(MetricAttribute.POOL_NAME),
          label(MetricAttribute.POOL_SYSTEM));

  private static final String POOL_NAMED =
      "pool {{ $labels." + label(MetricAttribute.POOL_NAME) + " }} of {{ $labels.service_name }}";

  private final Metrics metrics;

  private AlertRules(Metrics metrics) {
    this.metrics = metrics;
  }

  /** A group of rules that are evaluated together. */
  public static final class Group {
    final String name;
    final String interval;
    final List<AlertRule> rules;

    private Group(String name, String interval, List<AlertRule> rules) {
      this.name = name;
      this.interval = interval;
      this.rules = rules;
    }

    /** Its rules. */
    public List<AlertRule> rules() {
      return rules;
    }
  }

  /** The rules, with names as these metrics have them. */
  public static List<Group> of(Metrics metrics) {
    AlertRules rules = new AlertRules(metrics);
    return List.of(
        new Group(
            "poolwatch",
            "20s",
            List.of(
                rules.collapsed(),
                rules.contractBroken(),
                rules.leaked(),
                rules.exhausted(),
                rules.waiting(),
                rules.agentFailing(),
                rules.telemetryAbsent())),
        // These look back over hours: less often.
        new Group("poolwatch-slow", "1m", List.of(rules.fell(), rules.tenuredGarbage())));
  }

  private AlertRule collapsed() {
    Selector collapsed =
        metrics
            .of(PoolwatchMetric.COLLAPSE_STATE)
            .where(MetricAttribute.COLLAPSE_STATE, "collapsed");
    return new AlertRule(
        "PoolHitRateCollapsed",
        Severity.TICKET,
        "sum by (" + POOL + ") (" + collapsed + ") > 0",
        "0s",
        "2m",
        "The hit rate collapsed in " + POOL_NAMED,
        "The agent itself judges that the hit rate is far below what was usual, in"
            + " {{ $value | printf \"%.0f\" }} instance(s) of the service. Its log says since when,"
            + " which causes grew and what to do.");
  }

  /**
   * The same from the counters. The baseline is the median of the last six hours, so that it
   * follows a daily rhythm, and a fall becomes usual after three. Two windows: the short one ends
   * the alert soon after the fall, the long one lets a burst pass.
   */
  private AlertRule fell() {
    Selector borrows = metrics.of(PoolwatchMetric.BORROWS);
    // What poolwatch's own quarantine and experiments do is no fault of the pool's.
    Selector misses =
        metrics
            .of(PoolwatchMetric.MISSES)
            .whereNot(MetricAttribute.MISS_CAUSE, "quarantine", "experiment");
    String now = ratio(misses.increase("5m"), borrows.increase("5m"), 100);
    String lately = ratio(misses.increase("15m"), borrows.increase("15m"), 300);
    String before = ratio(misses.increase("5m", "15m"), borrows.increase("5m", "15m"), 100);
    String usual = "quantile_over_time(0.5, (" + now + ")[6h:2m] offset 5m)";
    return new AlertRule(
        "PoolHitRateFell",
        Severity.TICKET,
        String.join(
            "\n",
            now,
            "and ((" + usual,
            "  < " + now + " - 0.1)",
            "  < (" + now + ") / 1.5)",
            "  < " + lately + " - 0.05",
            // Without traffic a quarter of an hour ago nothing is usual yet.
            "and " + before),
        "2m",
        "5m",
        "More misses than usual in " + POOL_NAMED,
        "{{ $value | humanizePercentage }} of the borrows of the last 5 minutes missed: more than"
            + " 10 points above the median of the last 6 hours, and more than half as much again.");
  }

  /** A share of the traffic, where there is more than so much in the same window. */
  private static String ratio(String part, String traffic, int least) {
    return "sum by ("
        + POOL
        + ") ("
        + part
        + ") / (sum by ("
        + POOL
        + ") ("
        + traffic
        + ") > "
        + least
        + ")";
  }

  private AlertRule contractBroken() {
    Selector violations =
        metrics
            .of(PoolwatchMetric.VIOLATIONS)
            .whereNot(MetricAttribute.VIOLATION, "leak", "overdue");
    return new AlertRule(
        "PoolContractBroken",
        Severity.PAGE,
        happened(POOL + ", " + label(MetricAttribute.VIOLATION), violations),
        "0s",
        "10m",
        "{{ $labels.poolwatch_violation }} in " + POOL_NAMED,
        "{{ $value | printf \"%.0f\" }} time(s) in the last 10 minutes: two users may have had one"
            + " object at a time. The log of the service has the stacks.");
  }

  private AlertRule leaked() {
    Selector lost =
        metrics.of(PoolwatchMetric.VIOLATIONS).where(MetricAttribute.VIOLATION, "leak", "overdue");
    return new AlertRule(
        "PoolObjectsLeaked",
        Severity.TICKET,
        happened(POOL + ", " + label(MetricAttribute.VIOLATION), lost),
        "0s",
        "30m",
        "Borrowed and not given back ({{ $labels.poolwatch_violation }}) in " + POOL_NAMED,
        "{{ $value | printf \"%.0f\" }} object(s) in the last 10 minutes. A leak was collected"
            + " while it was lent; a loan that is overdue lasts far longer than is usual in its"
            + " pool. The log of the service has the stack that borrowed it, where that was kept.");
  }

  private AlertRule exhausted() {
    Selector borrows = metrics.of(PoolwatchMetric.BORROWS);
    return new AlertRule(
        "PoolExhausted",
        Severity.PAGE,
        ratio(
                borrows.where(MetricAttribute.BORROW_OUTCOME, "exhausted").increase("5m"),
                borrows.increase("5m"),
                20)
            + "\n  > 0.01",
        "1m",
        "5m",
        "Borrowers get nothing from " + POOL_NAMED,
        "{{ $value | humanizePercentage }} of the borrows of the last 5 minutes found the pool at"
            + " its limit, and got no object.");
  }

  private AlertRule waiting() {
    String window = metrics.of(PoolwatchMetric.PENDING_REQUESTS) + "[5m]";
    return new AlertRule(
        "PoolBorrowersWait",
        Severity.TICKET,
        "sum by (" + POOL + ") (avg_over_time(" + window + ")) >= 1",
        "2m",
        "5m",
        "Threads wait for " + POOL_NAMED,
        "On average {{ $value | printf \"%.1f\" }} threads waited for an object in the last 5"
            + " minutes.");
  }

  private AlertRule tenuredGarbage() {
    return new AlertRule(
        "PoolTenuredGarbage",
        Severity.TICKET,
        ratio(
                metrics.of(PoolwatchMetric.TENURED_REMOVED).increase("15m"),
                metrics.of(PoolwatchMetric.OBJECT_REMOVED).increase("15m"),
                500)
            + "\n  > 0.5",
        "10m",
        "15m",
        "Garbage of the old generation comes from " + POOL_NAMED,
        "{{ $value | humanizePercentage }} of the objects that the pool parted with in the last 15"
            + " minutes had been promoted: only an old collection frees them.");
  }

  private AlertRule agentFailing() {
    String by =
        String.join(
            ", ",
            Metrics.SERVICE,
            label(MetricAttribute.POOL_SYSTEM),
            label(MetricAttribute.FAILURE_KIND));
    return new AlertRule(
        "PoolwatchAgentFailing",
        Severity.TICKET,
        happened(by, metrics.of(PoolwatchMetric.AGENT_FAILURES)),
        "0s",
        "30m",
        "poolwatch fails in {{ $labels.service_name }} ({{ $labels.poolwatch_failure }},"
            + " {{ $labels.poolwatch_pool_system }})",
        "{{ $value | printf \"%.0f\" }} failure(s) of the agent's own code in the last 10 minutes."
            + " None reached the service; after ten that library is watched no more.");
  }

  private AlertRule telemetryAbsent() {
    Selector borrows = metrics.of(PoolwatchMetric.BORROWS);
    return new AlertRule(
        "PoolwatchTelemetryAbsent",
        Severity.TICKET,
        "group by (service_name) (last_over_time("
            + borrows
            + "[3h]))\n  unless group by (service_name) (last_over_time("
            + borrows
            + "[5m]))",
        "2m",
        "1m",
        "No pools are reported by {{ $labels.service_name }}",
        "No instance of the service has sent poolwatch's metrics for 5 minutes; within the last 3"
            + " hours some did.");
  }

  /**
   * By how much a counter has grown in ten minutes, where it has: from the last value before that,
   * at most an hour older, so that nothing is lost in a gap; all of it where there was none, since
   * {@code increase} sees no growth in a first sample; and where it began anew what {@code
   * increase} makes of it.
   */
  private static String happened(String by, Selector counter) {
    String before = "last_over_time(" + counter + "[1h] offset 10m)";
    return "sum by ("
        + by
        + ") (\n  (("
        + counter
        + " unless "
        + before
        + ") > 0)\n  or ("
        + counter
        + " - "
        + before
        + " > 0)\n  or ("
        + counter.increase("10m")
        + " > 0)\n)";
  }
}
