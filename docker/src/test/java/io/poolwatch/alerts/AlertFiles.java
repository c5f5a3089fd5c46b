package io.poolwatch.alerts;

import io.poolwatch.promql.Translation;
import java.util.LinkedHashMap;
import java.util.Map;

/** The alert rules' files. */
public final class AlertFiles {
  /** The rules that the tests of rules, and the compose file, load. */
  public static final String RULES = "docker/prometheus/rules/poolwatch.yml";

  /** The same for the other translation of names. */
  public static final String RULES_WITHOUT_SUFFIXES = "docker/without-suffixes/rules/poolwatch.yml";

  private AlertFiles() {}

  /** Text by the path of the file, from the repository's root. */
  public static Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(RULES, PrometheusRules.file(Translation.WITH_SUFFIXES));
    files.put(
        "docker/grafana/provisioning/alerting/poolwatch.yaml",
        GrafanaRules.file(Translation.WITH_SUFFIXES));
    files.put(RULES_WITHOUT_SUFFIXES, PrometheusRules.file(Translation.WITHOUT_SUFFIXES));
    files.put(
        "docker/without-suffixes/alerting/poolwatch.yaml",
        GrafanaRules.file(Translation.WITHOUT_SUFFIXES));
    return files;
  }
}
