package io.poolwatch.alerts;

import io.poolwatch.promql.Metrics;
import io.poolwatch.promql.Translation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The rules as a file that Grafana provisions its own alerting from. Prometheus' rule fires for
 * each value that its expression has, whatever that is; Grafana's takes a condition that is above
 * 0. So the condition is "there is a value".
 */
public final class GrafanaRules {
  private static final String QUERY = "A";
  private static final String HAS_VALUE = "B";
  private static final String CONDITION = "C";

  private GrafanaRules() {}

  /** The file's text. */
  public static String file(Translation translation) {
    List<Object> groups = new ArrayList<>();
    for (AlertRules.Group group : AlertRules.of(Metrics.all(translation))) {
      List<Object> rules = new ArrayList<>();
      group.rules.forEach(rule -> rules.add(rule(rule)));
      Map<String, Object> about = new LinkedHashMap<>();
      about.put("orgId", 1);
      about.put("name", group.name);
      about.put("folder", "poolwatch");
      about.put("interval", group.interval);
      about.put("rules", rules);
      groups.add(about);
    }
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("apiVersion", 1);
    file.put("groups", groups);
    return Yaml.write(
        "# The rules of docker/prometheus/rules for Grafana's own alerting; use one or the other. Made of AlertRules.java;\n"
            + "# docker/README.md says how. Names of metrics as Prometheus makes them with\n# "
            + translation.strategy()
            + ". The data source's uid is prometheus.\n",
        file);
  }

  private static Map<String, Object> rule(AlertRule rule) {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("uid", "poolwatch-" + rule.name().toLowerCase(Locale.ROOT));
    about.put("title", rule.name());
    about.put("condition", CONDITION);
    about.put("data", List.of(query(rule), hasValue(), condition()));
    about.put("noDataState", "OK");
    about.put("execErrState", "Error");
    about.put("for", rule.pending());
    about.put("keepFiringFor", rule.keepFiring());
    about.put("labels", Map.of("severity", rule.severity().label()));
    Map<String, Object> annotations = new LinkedHashMap<>();
    annotations.put("summary", template(rule.summary()));
    annotations.put("description", template(rule.description()));
    annotations.put("runbook_url", rule.runbook());
    about.put("annotations", annotations);
    return about;
  }

  /** Grafana has a value for each query and expression: that of the query is meant. */
  private static String template(String text) {
    return text.replace("$value", "$values." + QUERY + ".Value");
  }

  private static Map<String, Object> query(AlertRule rule) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("refId", QUERY);
    model.put("datasource", Map.of("uid", "prometheus"));
    model.put("expr", rule.expression());
    model.put("instant", true);
    model.put("range", false);
    Map<String, Object> node = node(QUERY, "prometheus", model);
    Map<String, Object> range = new LinkedHashMap<>();
    range.put("from", 600);
    range.put("to", 0);
    node.put("relativeTimeRange", range);
    return node;
  }

  private static Map<String, Object> hasValue() {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("refId", HAS_VALUE);
    model.put("type", "math");
    model.put("datasource", Map.of("uid", "__expr__"));
    String value = "($" + QUERY + ")";
    model.put("expression", "is_number" + value + " || is_nan" + value + " || is_inf" + value);
    return node(HAS_VALUE, "__expr__", model);
  }

  private static Map<String, Object> condition() {
    Map<String, Object> evaluator = new LinkedHashMap<>();
    evaluator.put("type", "gt");
    evaluator.put("params", List.of(0));
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("refId", CONDITION);
    model.put("type", "threshold");
    model.put("datasource", Map.of("uid", "__expr__"));
    model.put("expression", HAS_VALUE);
    model.put("conditions", List.of(Map.of("evaluator", evaluator)));
    return node(CONDITION, "__expr__", model);
  }

  private static Map<String, Object> node(
      String refId, String datasource, Map<String, Object> model) {
    Map<String, Object> node = new LinkedHashMap<>();
    node.put("refId", refId);
    node.put("datasourceUid", datasource);
    node.put("model", model);
    return node;
  }
}
