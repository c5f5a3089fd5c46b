package io.poolwatch.grafana;

import static io.poolwatch.promql.Selector.label;

import io.poolwatch.otel.MetricAttribute;
import io.poolwatch.otel.PoolwatchMetric;
import io.poolwatch.promql.Metrics;
import io.poolwatch.promql.Selector;
import io.poolwatch.promql.Translation;
import java.util.Map;

/** The dashboard of one pool: what happens in it, and why. */
final class PoolDetails {
  static final String UID = "poolwatch-pool";

  static final Map<String, String> VIOLATIONS =
      Colors.of(
          "double_return", Colors.VERMILLION,
          "foreign_return", Colors.ORANGE,
          "use_after_return", Colors.WINE,
          "write_after_return", Colors.PURPLE,
          "use_after_destroy", Colors.BLUE,
          "validate_destroy_race", Colors.TEAL,
          "unbuilt_use", Colors.SAND,
          "leak", Colors.YELLOW,
          "overdue", Colors.SKY);

  private static final String INTERVAL = "$__rate_interval";

  private final Metrics metrics;
  private final DashboardFile file;

  private PoolDetails(Translation translation) {
    metrics = Metrics.chosen(translation);
    file =
        new DashboardFile(
            UID,
            "Pools: one pool",
            "One object pool of a service, as poolwatch sees it. Instances add up.",
            translation);
  }

  static String file(Translation translation) {
    PoolDetails details = new PoolDetails(translation);
    Variables.add(details.file, details.metrics.translation(), false);
    details.file.datasource(
        "logs", "Log records", "loki", "A Loki that takes the agent's log records over OTLP.");
    details.stats();
    details.borrowing();
    details.objects();
    details.oldGeneration();
    details.troubles();
    return details.file.text();
  }

  private void stats() {
    file.row(3);
    file.add(
        Panel.stat(
                "Hit rate",
                "Share of the borrows that a pooled object served. Empty when nothing is borrowed.",
                "percentunit")
            .decimals(1)
            .thresholds(Colors.VERMILLION, 0.5, Colors.ORANGE, 0.9, Colors.CALM)
            .query(hitRate(), "hits"),
        4);
    file.add(
        Panel.stat(
                "State of the hit rate",
                "As the agent judges every ten seconds; the worst instance counts.",
                "none")
            .texts(Colors.STATE_NAMES, Colors.STATE_COLORS)
            .query(
                "clamp_max(max(" + state("suspect") + ") + 2 * max(" + state("collapsed") + "), 2)",
                "state"),
        4);
    file.add(
        Panel.stat("Borrows", "Borrows a second, however they ended.", "ops")
            .query("sum(" + of(PoolwatchMetric.BORROWS).rate(INTERVAL) + ")", "borrows"),
        4);
    file.add(
        Panel.stat("In use", "Objects that are lent, now.", "short")
            .decimals(0)
            .query("sum(" + objects("used") + ")", "used"),
        4);
    file.add(
        Panel.stat(
                "Waiting",
                "Threads that wait for an object, now. Empty for pools nobody can wait for.",
                "short")
            .decimals(0)
            .without("–")
            .thresholds(Colors.CALM, 1, Colors.VERMILLION)
            .query("sum(" + of(PoolwatchMetric.PENDING_REQUESTS) + ")", "waiting"),
        4);
    file.add(
        Panel.stat(
                "Violations",
                "Broken contracts between the pool and its users within the range shown.",
                "none")
            .decimals(0)
            .thresholds(Colors.CALM, 0.5, Colors.VERMILLION)
            .instant(
                "sum(" + of(PoolwatchMetric.VIOLATIONS).increase("$__range") + ")", "violations"),
        4);
  }

  private void borrowing() {
    file.row(6);
    file.add(
        Panel.stack(
                "Borrows by outcome",
                "hit: a pooled object served it; miss: a new one was made; exhausted: the limit was"
                    + " reached; error: making or checking failed.",
                "ops")
            .colors(Colors.OUTCOMES)
            .query(
                by(MetricAttribute.BORROW_OUTCOME, of(PoolwatchMetric.BORROWS)),
                legend(MetricAttribute.BORROW_OUTCOME)),
        6);
    file.add(
        Panel.stack(
                "Misses by cause",
                "Why borrows found no pooled object; causes that did not occur are left out.",
                "ops")
            .without("no misses")
            .colors(Colors.CAUSES)
            .query(
                by(MetricAttribute.MISS_CAUSE, of(PoolwatchMetric.MISSES)) + " > 0",
                legend(MetricAttribute.MISS_CAUSE)),
        6);
    file.add(
        Panel.lines(
                "Hit rate and evidence of a fall",
                "Hits over borrows; and, on the right, the agent's evidence that the rate has"
                    + " fallen, over what is needed: from 1 on it says so.",
                "percentunit")
            .range(0, 1)
            .colors(Colors.of("hit rate", Colors.BLUE))
            .bound("evidence", Colors.VERMILLION)
            .secondAxis("evidence", "none")
            .query(hitRate(), "hit rate")
            .query("max(" + of(PoolwatchMetric.COLLAPSE_SCORE) + ")", "evidence"),
        6);
    file.add(
        Panel.stack(
                "Returns by outcome",
                "pooled: it waits for the next; discarded: thrown away; rejected: it was not lent.",
                "ops")
            .colors(Colors.RETURNS)
            .query(
                by(MetricAttribute.RETURN_OUTCOME, of(PoolwatchMetric.RETURNS)),
                legend(MetricAttribute.RETURN_OUTCOME)),
        6);
  }

  private void objects() {
    file.row(6);
    file.add(
        Panel.stack(
                "Objects against limits",
                "Live objects, idle and lent. The dashed lines are how many may be idle, and may"
                    + " exist; absent where there is no limit.",
                "short")
            .colors(Colors.of("idle", Colors.SKY, "used", Colors.BLUE))
            .bound("limit idle", Colors.GREY)
            .bound("limit total", Colors.VERMILLION)
            .query(
                "sum by ("
                    + label(MetricAttribute.OBJECT_STATE)
                    + ") ("
                    + of(PoolwatchMetric.OBJECT_COUNT)
                    + ")",
                legend(MetricAttribute.OBJECT_STATE))
            .query(
                "sum by ("
                    + label(MetricAttribute.LIMIT_STATE)
                    + ") ("
                    + of(PoolwatchMetric.OBJECT_LIMIT)
                    + ")",
                "limit " + legend(MetricAttribute.LIMIT_STATE)),
        6);
    file.add(
        Panel.stack(
                "Removed, by reason",
                "Objects a second that the pool parted with. Made and removed are the same in the"
                    + " long run: what is made a second is a miss, or was filled in ahead.",
                "ops")
            .without("nothing was removed")
            .colors(Colors.CAUSES)
            .query(
                by(MetricAttribute.REMOVAL_REASON, of(PoolwatchMetric.OBJECT_REMOVED)) + " > 0",
                legend(MetricAttribute.REMOVAL_REASON)),
        6);
    file.add(
        times(
            "Time to get an object",
            "Of sampled borrows, waiting and building included. Absent for pools whose borrow is"
                + " shorter than a look at the clock.",
            PoolwatchMetric.BORROW_DURATION),
        6);
    file.add(
        times(
            "Time of loans",
            "From borrow to return, of sampled loans.",
            PoolwatchMetric.LOAN_DURATION),
        6);
  }

  private Panel times(String title, String description, PoolwatchMetric histogram) {
    Panel panel =
        Panel.lines(title, description, "s")
            .without("not timed")
            .colors(Colors.of("p50", Colors.BLUE, "p99", Colors.ORANGE));
    for (String quantile : new String[] {"0.5", "0.99"}) {
      panel.query(
          "histogram_quantile("
              + quantile
              + ", sum by (le) ("
              + of(histogram).buckets().rate(INTERVAL)
              + "))",
          quantile.equals("0.5") ? "p50" : "p99");
    }
    return panel;
  }

  private void oldGeneration() {
    file.row(6);
    file.add(
        Panel.stack(
                "In the old generation",
                "Live objects that were promoted, idle and lent. Absent where the JVM does not"
                    + " tell. Where it is an estimate, the dashed lines say between what all of"
                    + " them together are.",
                "short")
            .without("not known here")
            .colors(Colors.STATES)
            .bound("at least", Colors.SAND)
            .bound("at most", Colors.SAND)
            .query(
                "sum by ("
                    + label(MetricAttribute.OBJECT_STATE)
                    + ") ("
                    + of(PoolwatchMetric.TENURED_COUNT)
                    + ")",
                legend(MetricAttribute.OBJECT_STATE))
            .query("sum(" + tenuredBound("idle_least", "used_least") + ")", "at least")
            .query("sum(" + tenuredBound("idle_most", "used_most") + ")", "at most"),
        6);
    file.add(
        Panel.lines(
                "Promoted, and thrown away after",
                "Objects a second that came into the old generation, by how, and those thrown away"
                    + " after that: garbage that only an old collection frees.",
                "ops")
            .without("not known here")
            .colors(Colors.of("aged", Colors.BLUE, "full", Colors.PURPLE, "born_old", Colors.SAND))
            .bound("thrown away", Colors.VERMILLION)
            .query(
                by(MetricAttribute.PROMOTION_KIND, of(PoolwatchMetric.PROMOTIONS)),
                legend(MetricAttribute.PROMOTION_KIND))
            .query(
                "sum(" + of(PoolwatchMetric.TENURED_REMOVED).rate(INTERVAL) + ")", "thrown away"),
        6);
    file.add(
        Panel.lines(
                "Time saved and paid",
                "Seconds a second: what hits spared, and what borrows took. Estimates; absent until"
                    + " known.",
                "s")
            .without("not known yet")
            .colors(Colors.of("saved", Colors.BLUE, "paid", Colors.ORANGE))
            .query("sum(" + of(PoolwatchMetric.TIME_SAVED).rate(INTERVAL) + ")", "saved")
            .query("sum(" + of(PoolwatchMetric.TIME_PAID).rate(INTERVAL) + ")", "paid"),
        6);
    file.add(
        Panel.lines(
                "Allocation avoided, heap held",
                "Bytes a second that building anew would have allocated; and, on the right, the"
                    + " heap that live objects take, an estimate.",
                "Bps")
            .without("not known yet")
            .colors(Colors.of("avoided", Colors.BLUE))
            .bound("held", Colors.ORANGE)
            .secondAxis("held", "bytes")
            .query("sum(" + of(PoolwatchMetric.ALLOCATION_AVOIDED).rate(INTERVAL) + ")", "avoided")
            .query("sum(" + of(PoolwatchMetric.OBJECT_SIZE) + ")", "held"),
        6);
  }

  private void troubles() {
    file.row(6);
    file.add(
        Panel.stack(
                "Violations",
                "Broken contracts between the pool and its users, by kind, as they came.",
                "none")
            .without("none")
            .colors(VIOLATIONS)
            .query(
                "sum by ("
                    + label(MetricAttribute.VIOLATION)
                    + ") ("
                    + of(PoolwatchMetric.VIOLATIONS).increase(INTERVAL)
                    + ") > 0",
                legend(MetricAttribute.VIOLATION)),
        6);
    file.add(
        Panel.logs(
                "What the agent reports of this pool",
                "Violations with their stacks, collapses, findings and verdicts: log records of the"
                    + " agent, where OTEL_LOGS_EXPORTER=otlp is set and a Loki takes them.")
            .query(
                "{service_name=~\"$service\"} | "
                    + label(MetricAttribute.POOL_NAME)
                    + "=~\"$pool\"",
                ""),
        12);
    Panel agent =
        Panel.lines(
                "The agent of this service",
                "What poolwatch lost, or failed in, as it came: all 0 is well.",
                "none")
            .colors(
                Colors.of(
                    "failures", Colors.VERMILLION,
                    "failed exports", Colors.ORANGE,
                    "dropped samples", Colors.SKY,
                    "refused classes", Colors.PURPLE,
                    "pools beyond the limit", Colors.SAND));
    agent
        .query(grown(of(PoolwatchMetric.AGENT_FAILURES)), "failures")
        .query(
            grown(
                of(PoolwatchMetric.AGENT_EXPORTS).where(MetricAttribute.EXPORT_OUTCOME, "failure")),
            "failed exports")
        .query(
            grown(
                of(PoolwatchMetric.AGENT_SAMPLES).where(MetricAttribute.SAMPLE_OUTCOME, "dropped")),
            "dropped samples")
        .query(grown(of(PoolwatchMetric.AGENT_CLASSES_REFUSED)), "refused classes")
        .query(grown(of(PoolwatchMetric.AGENT_POOLS_OVERFLOWED)), "pools beyond the limit");
    file.add(agent, 6);
  }

  private static String grown(Selector counter) {
    return "sum(" + counter.increase(INTERVAL) + ")";
  }

  private static String by(MetricAttribute attribute, Selector counter) {
    return "sum by (" + label(attribute) + ") (" + counter.rate(INTERVAL) + ")";
  }

  private static String legend(MetricAttribute attribute) {
    return "{{" + label(attribute) + "}}";
  }

  private String hitRate() {
    return "sum("
        + of(PoolwatchMetric.BORROWS).where(MetricAttribute.BORROW_OUTCOME, "hit").rate(INTERVAL)
        + ") / (sum("
        + of(PoolwatchMetric.BORROWS).rate(INTERVAL)
        + ") > 0)";
  }

  private Selector of(PoolwatchMetric metric) {
    return metrics.of(metric);
  }

  private Selector tenuredBound(String... bounds) {
    return of(PoolwatchMetric.TENURED_BOUND).where(MetricAttribute.TENURED_BOUND, bounds);
  }

  private Selector objects(String state) {
    return of(PoolwatchMetric.OBJECT_COUNT).where(MetricAttribute.OBJECT_STATE, state);
  }

  private Selector state(String state) {
    return of(PoolwatchMetric.COLLAPSE_STATE).where(MetricAttribute.COLLAPSE_STATE, state);
  }
}
