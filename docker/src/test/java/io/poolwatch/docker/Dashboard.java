package io.poolwatch.docker;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A provisioned Grafana dashboard. */
public final class Dashboard {
  private final JsonNode json;

  private Dashboard(JsonNode json) {
    this.json = json;
  }

  /** The dashboard of all pools. */
  public static Dashboard pools() {
    return new Dashboard(RepositoryFiles.json("docker/grafana/dashboards/pools.json"));
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

  /** The expressions of all panels, as they stand, with variables. */
  public List<String> expressions() {
    List<String> expressions = new ArrayList<>();
    for (JsonNode panel : panels()) {
      panel.path("targets").forEach(target -> expressions.add(target.path("expr").asText()));
    }
    return expressions;
  }

  /** What Grafana would ask with every variable set to all. */
  public static String withVariablesReplaced(String expression, String window) {
    return expression
        .replace("$__rate_interval", window)
        .replace("$__range", window)
        .replaceAll("\\$(service|instance|pool)\\b", ".*");
  }
}
