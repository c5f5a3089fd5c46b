package io.poolwatch.grafana;

import static io.poolwatch.promql.Selector.label;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.poolwatch.otel.MetricAttribute;
import io.poolwatch.otel.PoolwatchMetric;
import io.poolwatch.promql.Metrics;
import io.poolwatch.promql.Selector;
import io.poolwatch.promql.Translation;
import java.util.LinkedHashMap;
import java.util.Map;

/** The dashboard of all pools of all services: which one is it, and what is it worth. */
final class Overview {
  static final String UID = "poolwatch-overview";

  private static final String NAME = label(MetricAttribute.POOL_NAME);
  private static final String BY_POOL = "by (" + Metrics.SERVICE + ", " + NAME + ") ";
  private static final String LEGEND = "{{" + NAME + "}} · {{" + Metrics.SERVICE + "}}";
  private static final String INTERVAL = "$__rate_interval";
  private static final String TO_POOL =
      "/d/" + PoolDetails.UID + "?${datasource:queryparam}&${__url_time_range}&";

  private final Metrics metrics;
  private final DashboardFile file;

  private Overview(Translation translation) {
    metrics = Metrics.chosen(translation);
    file =
        new DashboardFile(
            UID,
            "Pools: overview",
            "All object pools of all services, as poolwatch sees them.",
            translation);
  }

  static String file(Translation translation) {
    Overview overview = new Overview(translation);
    Variables.add(overview.file, overview.metrics.translation(), true);
    overview.stats();
    overview.rates();
    overview.table();
    overview.worth();
    return overview.file.text();
  }

  private void stats() {
    file.row(3);
    file.add(
        Panel.stat(
                "Hit rate",
                "Share of the borrows of all chosen pools that a pooled object served. Empty when"
                    + " nothing is borrowed.",
                "percentunit")
            .decimals(1)
            .thresholds(Colors.VERMILLION, 0.5, Colors.ORANGE, 0.9, Colors.CALM)
            .query(hitRate(""), "hits"),
        4);
    file.add(
        Panel.stat("Borrows", "Borrows a second of all chosen pools, however they ended.", "ops")
            .query("sum(" + borrows().rate(INTERVAL) + ")", "borrows"),
        4);
    file.add(
        Panel.stat(
                "Collapsed",
                "Pools whose hit rate the agent judges to have collapsed, now.",
                "none")
            .thresholds(Colors.CALM, 1, Colors.VERMILLION)
            .query("sum(" + state("collapsed") + ")", "collapsed"),
        4);
    file.add(
        Panel.stat(
                "Violations",
                "Broken contracts between pools and their users within the range shown.",
                "none")
            .thresholds(Colors.CALM, 0.5, Colors.VERMILLION)
            .decimals(0)
            .instant("sum(" + violations().increase("$__range") + ")", "violations"),
        4);
    file.add(
        Panel.stat(
                "Tenured garbage",
                "Objects a second that pools threw away after they had been promoted: only an old"
                    + " collection frees them.",
                "ops")
            .query(
                "sum(" + metrics.of(PoolwatchMetric.TENURED_REMOVED).rate(INTERVAL) + ")",
                "garbage"),
        4);
    file.add(
        Panel.stat(
                "Agent failures",
                "Failures of poolwatch's own code within the range shown. None of them reached a"
                    + " service, but figures may be missing since.",
                "none")
            .thresholds(Colors.CALM, 0.5, Colors.VERMILLION)
            .decimals(0)
            .instant(
                "sum(" + metrics.of(PoolwatchMetric.AGENT_FAILURES).increase("$__range") + ")",
                "failures"),
        4);
  }

  private void rates() {
    file.row(8);
    String ratio = hitRate(BY_POOL);
    file.add(
        Panel.lines(
                "Hit rate, the ten lowest",
                "Hits over borrows of the ten pools with the lowest rate in the range shown. A line"
                    + " breaks off while nothing is borrowed.",
                "percentunit")
            .range(0, 1)
            .thresholds(Colors.VERMILLION, 0.5, Colors.ORANGE, 0.9, Colors.CALM)
            .coloredByValue()
            .link("Show this pool", TO_POOL + fieldLabels())
            .query(
                ratio
                    + " and bottomk(10, avg_over_time(("
                    + ratio
                    + ")[$__range:$__rate_interval] @ end()))",
                LEGEND),
        12);
    String state =
        "clamp_max(max "
            + BY_POOL
            + "("
            + state("suspect")
            + ") + 2 * max "
            + BY_POOL
            + "("
            + state("collapsed")
            + "), 2)";
    file.add(
        Panel.states(
                "Hit rate as the agent judges it",
                "Pools that were suspect or collapsed at some time in the range shown; the worst"
                    + " instance counts.",
                Colors.STATE_NAMES,
                Colors.STATE_COLORS)
            .without("no pool was suspect")
            .link("Show this pool", TO_POOL + fieldLabels())
            .query(
                state
                    + " and max_over_time(("
                    + state
                    + ")[$__range:$__rate_interval] @ end()) > 0",
                LEGEND),
        12);
  }

  private void table() {
    file.row(8);
    String by = "sum " + BY_POOL + "(";
    Map<String, String> columns = new LinkedHashMap<>();
    columns.put(Metrics.SERVICE, "Service");
    columns.put(NAME, "Pool");
    columns.put("Value #A", "Hit rate");
    columns.put("Value #B", "Borrows/s");
    columns.put("Value #C", "Not served/s");
    columns.put("Value #D", "Refused/s");
    columns.put("Value #E", "Collapse score");
    columns.put("Value #F", "Violations");
    columns.put("Value #G", "Idle");
    columns.put("Value #H", "Used");
    columns.put("Value #I", "Holds");
    columns.put("Value #J", "Tenured garbage/s");
    columns.put("Value #K", "Avoids");
    columns.put("Value #L", "Saves − pays");
    Panel panel =
        Panel.table(
                "Pools, worst first",
                "One row a pool, in the last interval; violations in the range shown. Not served:"
                    + " borrows that no pooled object served; refused: those of them that got none"
                    + " at all. Holds is an"
                    + " estimate of the heap that its live objects take. Avoids is what building"
                    + " anew would have allocated a second. Saves − pays is time a second that hits"
                    + " spared, less what borrows took: an estimate, too.")
            .column(hitRate(BY_POOL), "hit rate")
            .column(by + borrows().rate(INTERVAL) + ")", "borrows")
            .column(
                by + borrows().whereNot(MetricAttribute.BORROW_OUTCOME, "hit").rate(INTERVAL) + ")",
                "not served")
            .column(by + outcome("exhausted", "error").rate(INTERVAL) + ")", "refused")
            .column("max " + BY_POOL + "(" + of(PoolwatchMetric.COLLAPSE_SCORE) + ")", "score")
            .column(by + violations().increase("$__range") + ")", "violations")
            .column(by + objects("idle") + ")", "idle")
            .column(by + objects("used") + ")", "used")
            .column(by + of(PoolwatchMetric.OBJECT_SIZE) + ")", "bytes")
            .column(by + of(PoolwatchMetric.TENURED_REMOVED).rate(INTERVAL) + ")", "garbage")
            .column(by + of(PoolwatchMetric.ALLOCATION_AVOIDED).rate(INTERVAL) + ")", "avoided")
            .column(net(by), "net time")
            .rows(columns, "Not served/s");
    unit(panel, "Hit rate", "percentunit", 1);
    unit(panel, "Borrows/s", "short", 1);
    unit(panel, "Not served/s", "short", 1);
    unit(panel, "Refused/s", "short", 1);
    unit(panel, "Collapse score", "none", 2);
    unit(panel, "Violations", "none", 0);
    unit(panel, "Idle", "short", 0);
    unit(panel, "Used", "short", 0);
    unit(panel, "Holds", "bytes", 1);
    unit(panel, "Tenured garbage/s", "short", 1);
    unit(panel, "Avoids", "Bps", 1);
    unit(panel, "Saves − pays", "s", 2);
    mark(panel, "Collapse score", 1);
    mark(panel, "Violations", 0.5);
    mark(panel, "Refused/s", 0.001);
    panel.link(
        "Show this pool",
        TO_POOL + "var-service=${__data.fields[\"Service\"]}&var-pool=${__data.fields[\"Pool\"]}");
    file.add(panel, 24);
  }

  private static void unit(Panel panel, String column, String unit, int decimals) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    panel.override(column, "unit", json.textNode(unit));
    panel.override(column, "decimals", json.numberNode(decimals));
  }

  /** Colours a column's figures from a bound on. */
  private static void mark(Panel panel, String column, double bound) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    ObjectNode thresholds = json.objectNode().put("mode", "absolute");
    thresholds.putArray("steps").addObject().put("color", "text").putNull("value");
    thresholds.withArray("/steps").addObject().put("color", Colors.VERMILLION).put("value", bound);
    panel.override(column, "thresholds", thresholds);
    panel.override(column, "custom.cellOptions", json.objectNode().put("type", "color-text"));
  }

  private void worth() {
    file.row(8);
    String by = "sum " + BY_POOL + "(";
    file.add(
        Panel.bars(
                "Allocation avoided, the ten most",
                "Bytes a second that building anew what was served from the pool would have"
                    + " allocated.",
                "Bps")
            .decimals(1)
            .instant(
                "sort_desc(topk(10, "
                    + by
                    + of(PoolwatchMetric.ALLOCATION_AVOIDED).rate(INTERVAL)
                    + ")))",
                LEGEND),
        8);
    file.add(
        Panel.bars(
                "Time saved less time paid",
                "Seconds a second that hits spared, less what borrows took: below 0 the pool costs"
                    + " more time than it saves. The five highest and the five lowest; estimates.",
                "s")
            .decimals(2)
            .thresholds(Colors.VERMILLION, 0, Colors.CALM)
            .instant("sort_desc(topk(5, " + net(by) + ") or bottomk(5, " + net(by) + "))", LEGEND),
        8);
    file.add(
        Panel.stack(
                "Violations",
                "Broken contracts between pools and their users, by kind, as they came.",
                "none")
            .without("none")
            .colors(PoolDetails.VIOLATIONS)
            .query(
                "sum by ("
                    + label(MetricAttribute.VIOLATION)
                    + ") ("
                    + violations().increase(INTERVAL)
                    + ") > 0",
                "{{" + label(MetricAttribute.VIOLATION) + "}}"),
        8);
  }

  private static String fieldLabels() {
    return "var-service=${__field.labels."
        + Metrics.SERVICE
        + "}&var-pool=${__field.labels."
        + NAME
        + "}";
  }

  private String hitRate(String by) {
    return "sum "
        + by
        + "("
        + outcome("hit").rate(INTERVAL)
        + ") / (sum "
        + by
        + "("
        + borrows().rate(INTERVAL)
        + ") > 0)";
  }

  private String net(String by) {
    return by
        + of(PoolwatchMetric.TIME_SAVED).rate(INTERVAL)
        + ") - "
        + by
        + of(PoolwatchMetric.TIME_PAID).rate(INTERVAL)
        + ")";
  }

  private Selector of(PoolwatchMetric metric) {
    return metrics.of(metric);
  }

  private Selector borrows() {
    return of(PoolwatchMetric.BORROWS);
  }

  private Selector violations() {
    return of(PoolwatchMetric.VIOLATIONS);
  }

  private Selector outcome(String... outcomes) {
    return borrows().where(MetricAttribute.BORROW_OUTCOME, outcomes);
  }

  private Selector objects(String state) {
    return of(PoolwatchMetric.OBJECT_COUNT).where(MetricAttribute.OBJECT_STATE, state);
  }

  private Selector state(String state) {
    return of(PoolwatchMetric.COLLAPSE_STATE).where(MetricAttribute.COLLAPSE_STATE, state);
  }
}
