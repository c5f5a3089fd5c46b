package io.poolwatch.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import io.poolwatch.docker.RepositoryFiles;
import io.poolwatch.promql.Translation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A provisioned Grafana dashboard, read from its file. */
public final class Dashboard {
  private static final String LOGS = "loki";

  private final String file;
  private final Translation translation;
  private final JsonNode json;

  private Dashboard(String file) {
    this.file = file;
    this.translation =
        file.contains("without-suffixes")
            ? Translation.WITHOUT_SUFFIXES
            : Translation.WITH_SUFFIXES;
    this.json = RepositoryFiles.json(file);
  }

  /** All dashboards, for every translation of names. */
  public static List<Dashboard> all() {
    return Dashboards.files().keySet().stream().map(Dashboard::new).collect(Collectors.toList());
  }

  /** Those for one translation of names. */
  public static List<Dashboard> all(Translation translation) {
    return all().stream()
        .filter(dashboard -> dashboard.translation == translation)
        .collect(Collectors.toList());
  }

  /** The expressions of all of them in PromQL, as they stand, with variables. */
  public static List<String> expressions(Translation translation) {
    return all(translation).stream()
        .flatMap(dashboard -> dashboard.expressions().stream())
        .distinct()
        .collect(Collectors.toList());
  }

  Translation translation() {
    return translation;
  }

  JsonNode json() {
    return json;
  }

  /** Its panels but the rows, those within rows too. */
  List<JsonNode> panels() {
    List<JsonNode> panels = new ArrayList<>();
    collect(json.path("panels"), panels);
    return panels;
  }

  private static void collect(JsonNode from, List<JsonNode> into) {
    for (JsonNode panel : from) {
      if (panel.path("type").asText().equals("row")) {
        collect(panel.path("panels"), into);
      } else {
        into.add(panel);
      }
    }
  }

  List<JsonNode> variables() {
    List<JsonNode> variables = new ArrayList<>();
    json.at("/templating/list").forEach(variables::add);
    return variables;
  }

  /** The expressions of all panels in PromQL, as they stand, with variables. */
  List<String> expressions() {
    List<String> expressions = new ArrayList<>();
    for (JsonNode panel : panels()) {
      if (!panel.at("/datasource/type").asText().equals(LOGS)) {
        panel.path("targets").forEach(target -> expressions.add(target.path("expr").asText()));
      }
    }
    return expressions;
  }

  @Override
  public String toString() {
    return file;
  }

  /** What Grafana would ask of ten minutes with every variable set to all. */
  public static String withVariablesReplaced(String expression, String window) {
    return expression
        .replace("$__rate_interval", window)
        .replace("$__range", "10m")
        .replaceAll("\\$(service|instance|pool)\\b", ".*");
  }
}
