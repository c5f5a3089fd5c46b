package io.poolwatch.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** A panel in the making. Not safe for several threads. */
final class Panel {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final ObjectNode json = JSON.objectNode();
  private final ObjectNode defaults = JSON.objectNode();
  private final ArrayNode overrides = JSON.arrayNode();
  private final ArrayNode targets = JSON.arrayNode();
  private final ObjectNode options = JSON.objectNode();
  private final Map<String, String> datasource;

  private Panel(
      String type, String title, String description, String unit, Map<String, String> datasource) {
    this.datasource = datasource;
    json.put("id", 0);
    json.put("type", type);
    json.put("title", title);
    json.put("description", description);
    json.set("datasource", datasource());
    defaults.put("unit", unit);
  }

  private static Panel ofPrometheus(String type, String title, String description, String unit) {
    return new Panel(
        type, title, description, unit, Map.of("type", "prometheus", "uid", "${datasource}"));
  }

  /** One number, with its past behind it. */
  static Panel stat(String title, String description, String unit) {
    Panel panel = ofPrometheus("stat", title, description, unit);
    panel.options.putObject("reduceOptions").put("values", false).put("fields", "");
    panel.options.withObject("/reduceOptions").putArray("calcs").add("lastNotNull");
    panel.options.put("colorMode", "value").put("graphMode", "area").put("textMode", "value");
    panel.options.put("justifyMode", "center").put("wideLayout", false);
    panel.defaults.putObject("color").put("mode", "thresholds");
    panel.thresholds(Colors.CALM);
    return panel;
  }

  /** Lines over time. */
  static Panel lines(String title, String description, String unit) {
    Panel panel = ofPrometheus("timeseries", title, description, unit);
    ObjectNode custom = panel.defaults.putObject("custom");
    custom.put("lineWidth", 1).put("fillOpacity", 0).put("showPoints", "never");
    custom.put("spanNulls", false).put("axisSoftMin", 0);
    panel.legendBelow();
    panel.options.putObject("tooltip").put("mode", "multi").put("sort", "desc");
    return panel;
  }

  /** What adds up, over time. */
  static Panel stack(String title, String description, String unit) {
    Panel panel = lines(title, description, unit);
    ObjectNode custom = (ObjectNode) panel.defaults.path("custom");
    custom.put("fillOpacity", 60).put("lineWidth", 0);
    custom.putObject("stacking").put("mode", "normal").put("group", "A");
    return panel;
  }

  /** States over time, a band a series; each has a text and a colour. */
  static Panel states(String title, String description, String[] texts, String[] colors) {
    Panel panel = ofPrometheus("state-timeline", title, description, "none");
    panel.texts(texts, colors);
    panel.defaults.putObject("color").put("mode", "thresholds");
    panel.thresholds(colors[0]);
    panel.defaults.putObject("custom").put("fillOpacity", 80).put("lineWidth", 0);
    panel.options.put("showValue", "never").put("mergeValues", true).put("rowHeight", 0.85);
    panel.legendBelow();
    panel.options.putObject("tooltip").put("mode", "single").put("sort", "none");
    return panel;
  }

  private void legendBelow() {
    ObjectNode legend = options.putObject("legend");
    legend.put("displayMode", "list").put("placement", "bottom").put("showLegend", true);
    legend.putArray("calcs");
  }

  /** What stands for 0, 1 and so on, and in which colour. */
  Panel texts(String[] texts, String[] colors) {
    ObjectNode values = JSON.objectNode();
    for (int i = 0; i < texts.length; i++) {
      ObjectNode value = values.putObject(String.valueOf(i));
      value.put("text", texts[i]).put("color", colors[i]).put("index", i);
    }
    ObjectNode mapping = defaults.putArray("mappings").addObject();
    mapping.put("type", "value").set("options", values);
    return this;
  }

  /** A bar a series, with its name and its value now. */
  static Panel bars(String title, String description, String unit) {
    Panel panel = ofPrometheus("bargauge", title, description, unit);
    ObjectNode reduce = panel.options.putObject("reduceOptions");
    reduce.put("values", false).put("fields", "").putArray("calcs").add("lastNotNull");
    panel.options.put("orientation", "horizontal").put("displayMode", "basic");
    panel.options.put("valueMode", "text").put("showUnfilled", true).put("sizing", "auto");
    panel.options.put("namePlacement", "left").put("minVizHeight", 12).put("maxVizHeight", 24);
    panel.defaults.putObject("color").put("mode", "thresholds");
    panel.thresholds(Colors.CALM);
    return panel;
  }

  /** Rows of figures. */
  static Panel table(String title, String description) {
    Panel panel = ofPrometheus("table", title, description, "short");
    panel.options.put("showHeader", true).put("cellHeight", "sm");
    panel.defaults.putObject("custom").put("align", "auto").put("filterable", true);
    return panel;
  }

  /** Log records, from the data source that the variable {@code logs} names. */
  static Panel logs(String title, String description) {
    Panel panel =
        new Panel("logs", title, description, "none", Map.of("type", "loki", "uid", "${logs}"));
    panel.options.put("showTime", true).put("wrapLogMessage", true).put("sortOrder", "Descending");
    panel.options.put("enableLogDetails", true).put("dedupStrategy", "none");
    panel.options.put("showLabels", false).put("showCommonLabels", false);
    panel.options.put("prettifyLogMessage", false);
    return panel;
  }

  Panel query(String expression, String legend) {
    ObjectNode target = target(expression, legend);
    if (datasource.containsValue("loki")) {
      target.put("queryType", "range");
    } else {
      target.put("editorMode", "code").put("range", true);
    }
    return this;
  }

  /** One value a series, now. */
  Panel instant(String expression, String legend) {
    target(expression, legend).put("editorMode", "code").put("instant", true).put("range", false);
    return this;
  }

  /** A column of a table, one value a row. */
  Panel column(String expression, String legend) {
    instant(expression, legend);
    ((ObjectNode) targets.get(targets.size() - 1)).put("format", "table");
    return this;
  }

  private ObjectNode target(String expression, String legend) {
    ObjectNode target = targets.addObject();
    target.put("refId", String.valueOf((char) ('A' + targets.size() - 1)));
    target.set("datasource", datasource());
    target.put("expr", expression);
    return target.put("legendFormat", legend);
  }

  private ObjectNode datasource() {
    ObjectNode node = JSON.objectNode();
    node.put("type", datasource.get("type"));
    return node.put("uid", datasource.get("uid"));
  }

  /** The lowest colour, then bounds with the colour from each on. */
  Panel thresholds(String lowest, Object... boundsAndColors) {
    ObjectNode thresholds = defaults.putObject("thresholds").put("mode", "absolute");
    ArrayNode steps = thresholds.putArray("steps");
    steps.addObject().put("color", lowest).putNull("value");
    for (int i = 0; i < boundsAndColors.length; i += 2) {
      steps
          .addObject()
          .put("color", (String) boundsAndColors[i + 1])
          .put("value", ((Number) boundsAndColors[i]).doubleValue());
    }
    return this;
  }

  /** Series are coloured by their last value, not one by one: their names stand beside. */
  Panel coloredByValue() {
    defaults.putObject("color").put("mode", "thresholds").put("seriesBy", "last");
    ObjectNode legend = (ObjectNode) options.path("legend");
    legend.put("displayMode", "table").put("placement", "right");
    legend.putArray("calcs").add("lastNotNull").add("min");
    return this;
  }

  Panel range(double min, double max) {
    defaults.put("min", min).put("max", max);
    return this;
  }

  Panel decimals(int decimals) {
    defaults.put("decimals", decimals);
    return this;
  }

  /** What stands there where there is no value. */
  Panel without(String text) {
    defaults.put("noValue", text);
    return this;
  }

  /** The colours of series, by what stands in the legend. */
  Panel colors(Map<String, String> colors) {
    colors.forEach((series, color) -> override(series, "color", fixed(color)));
    return this;
  }

  /** Dashed, and not part of a stack: what the others are held against. */
  Panel bound(String series, String color) {
    ObjectNode dashes = JSON.objectNode().put("fill", "dash");
    dashes.putArray("dash").add(8).add(6);
    return override(series, "custom.lineStyle", dashes)
        .override(series, "color", fixed(color))
        .override(series, "custom.fillOpacity", JSON.numberNode(0))
        .override(series, "custom.lineWidth", JSON.numberNode(2))
        .override(
            series, "custom.stacking", JSON.objectNode().put("mode", "none").put("group", "A"));
  }

  Panel secondAxis(String series, String unit) {
    return override(series, "custom.axisPlacement", JSON.textNode("right"))
        .override(series, "unit", JSON.textNode(unit));
  }

  private static ObjectNode fixed(String color) {
    return JSON.objectNode().put("mode", "fixed").put("fixedColor", color);
  }

  /** A property of the field, or series, of that name. */
  Panel override(String field, String property, JsonNode value) {
    for (JsonNode known : overrides) {
      if (known.at("/matcher/options").asText().equals(field)) {
        ((ArrayNode) known.path("properties")).addObject().put("id", property).set("value", value);
        return this;
      }
    }
    ObjectNode override = overrides.addObject();
    override.putObject("matcher").put("id", "byName").put("options", field);
    override.putArray("properties").addObject().put("id", property).set("value", value);
    return this;
  }

  Panel link(String title, String url) {
    defaults.putArray("links").addObject().put("title", title).put("url", url);
    return this;
  }

  /** Joins the columns of a table into rows, gives them their names, in order, and sorts by one. */
  Panel rows(Map<String, String> names, String sortedBy) {
    ArrayNode transformations = json.putArray("transformations");
    transformations.addObject().put("id", "merge").putObject("options");
    ObjectNode organize = transformations.addObject().put("id", "organize").putObject("options");
    organize.putObject("excludeByName").put("Time", true);
    ObjectNode index = organize.putObject("indexByName");
    ObjectNode renames = organize.putObject("renameByName");
    for (Map.Entry<String, String> name : new LinkedHashMap<>(names).entrySet()) {
      index.put(name.getKey(), index.size());
      renames.put(name.getKey(), name.getValue());
    }
    ObjectNode sort = transformations.addObject().put("id", "sortBy").putObject("options");
    sort.putObject("fields");
    sort.putArray("sort").addObject().put("field", sortedBy).put("desc", true);
    return this;
  }

  /** The panel's JSON, at its place in the grid of 24 columns. */
  ObjectNode at(int id, int x, int y, int width, int height) {
    json.put("id", id);
    json.putObject("gridPos").put("x", x).put("y", y).put("w", width).put("h", height);
    ObjectNode fields = json.putObject("fieldConfig");
    fields.set("defaults", defaults);
    fields.set("overrides", overrides);
    json.set("options", options);
    json.set("targets", targets);
    return json;
  }
}
