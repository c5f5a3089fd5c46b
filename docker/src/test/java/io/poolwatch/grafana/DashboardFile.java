package io.poolwatch.grafana;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.poolwatch.promql.Translation;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A dashboard in the making: variables first, then panels row by row. */
final class DashboardFile {
  private static final int COLUMNS = 24;

  private final ObjectNode json = JsonNodeFactory.instance.objectNode();
  private final ArrayNode variables;
  private final ArrayNode panels;
  private int x;
  private int y;
  private int rowHeight;

  DashboardFile(String uid, String title, String description, Translation translation) {
    json.put("uid", uid);
    json.put("title", title);
    json.put(
        "description",
        description
            + " Names of metrics as Prometheus makes them with "
            + translation.strategy()
            + "; service.name and service.instance.id promoted to labels.");
    json.putArray("tags").add("poolwatch");
    json.put("editable", false);
    json.put("schemaVersion", 41);
    json.put("version", 1);
    json.put("graphTooltip", 1);
    json.put("refresh", "30s");
    json.putObject("time").put("from", "now-1h").put("to", "now");
    json.put("timezone", "browser");
    variables = json.putObject("templating").putArray("list");
    json.putObject("annotations").putArray("list");
    ObjectNode link = json.putArray("links").addObject();
    link.put("type", "dashboards").put("title", "poolwatch").put("icon", "external link");
    link.putArray("tags").add("poolwatch");
    link.put("asDropdown", false).put("includeVars", true).put("keepTime", true);
    link.put("targetBlank", false).put("tooltip", "").put("url", "");
    panels = json.putArray("panels");
  }

  void datasource(String name, String label, String type, String description) {
    variable("datasource", name, label, description).put("query", type).put("refresh", 1);
  }

  /** A variable whose values are those of a label. */
  void labelValues(String name, String label, String description, String query, boolean several) {
    ObjectNode variable = variable("query", name, label, description);
    variable.putObject("datasource").put("type", "prometheus").put("uid", "${datasource}");
    variable.putObject("query").put("query", query).put("refId", name).put("qryType", 1);
    variable.put("refresh", 2).put("sort", 1);
    variable.put("multi", several).put("includeAll", several);
    if (several) {
      // Not the list of all values: series without the label, as a plain scrape makes them, belong
      // to all, too.
      variable.put("allValue", ".*");
      ObjectNode all = variable.putObject("current");
      all.putArray("text").add("All");
      all.putArray("value").add("$__all");
    }
  }

  private ObjectNode variable(String type, String name, String label, String description) {
    ObjectNode variable = variables.addObject();
    variable.put("type", type).put("name", name).put("label", label);
    variable.put("description", description);
    return variable;
  }

  /** Begins a row of panels of that height. */
  void row(int height) {
    if (x != 0 && x != COLUMNS) {
      throw new IllegalStateException("a row of " + x + " columns");
    }
    x = 0;
    y += rowHeight;
    rowHeight = height;
  }

  void add(Panel panel, int width) {
    panels.add(panel.at(panels.size() + 1, x, y, width, rowHeight));
    x += width;
  }

  /** The file's text. */
  String text() {
    row(0);
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
    try {
      return new ObjectMapper().writer(printer).writeValueAsString(json) + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
