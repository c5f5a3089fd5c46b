package io.poolwatch.alerts;

import io.poolwatch.promql.Metrics;
import io.poolwatch.promql.Translation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rules as a file of Prometheus, vmalert or Mimir. */
public final class PrometheusRules {
  private PrometheusRules() {}

  /** The file's text. */
  public static String file(Translation translation) {
    List<Object> groups = new ArrayList<>();
    for (AlertRules.Group group : AlertRules.of(Metrics.all(translation))) {
      List<Object> rules = new ArrayList<>();
      group.rules.forEach(rule -> rules.add(rule(rule)));
      Map<String, Object> about = new LinkedHashMap<>();
      about.put("name", group.name);
      about.put("interval", group.interval);
      about.put("rules", rules);
      groups.add(about);
    }
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("groups", groups);
    return Yaml.write(
        "# Made of AlertRules.java; docker/README.md says how. Names of metrics as Prometheus makes them with\n# "
            + translation.strategy()
            + ", service.name promoted to a label.\n",
        file);
  }

  private static Map<String, Object> rule(AlertRule rule) {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("alert", rule.name());
    about.put("expr", rule.expression());
    about.put("for", rule.pending());
    about.put("keep_firing_for", rule.keepFiring());
    about.put("labels", Map.of("severity", rule.severity().label()));
    Map<String, Object> annotations = new LinkedHashMap<>();
    annotations.put("summary", rule.summary());
    annotations.put("description", rule.description());
    annotations.put("runbook_url", rule.runbook());
    about.put("annotations", annotations);
    return about;
  }
}
