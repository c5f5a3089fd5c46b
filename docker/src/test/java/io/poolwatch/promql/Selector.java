package io.poolwatch.promql;

import io.poolwatch.otel.Instrument;
import io.poolwatch.otel.MetricAttribute;
import io.poolwatch.otel.PoolwatchMetric;
import java.util.ArrayList;
import java.util.List;

/**
 * A metric's series in PromQL, with what their labels are compared with. Asked of the metric enum:
 * a label or a value that the metric does not have is refused. Immutable.
 */
public final class Selector {
  private final PoolwatchMetric metric;
  private final String name;
  private final List<String> matchers;

  Selector(PoolwatchMetric metric, String name, List<String> matchers) {
    this.metric = metric;
    this.name = name;
    this.matchers = matchers;
  }

  /** The label that an attribute becomes. */
  public static String label(MetricAttribute attribute) {
    return Translation.escaped(attribute.key().getKey());
  }

  /** Only series whose attribute has one of these values. */
  public Selector where(MetricAttribute attribute, String... values) {
    return matching(attribute, values.length == 1 ? "=" : "=~", values);
  }

  /** Only series whose attribute has none of these values. */
  public Selector whereNot(MetricAttribute attribute, String... values) {
    return matching(attribute, values.length == 1 ? "!=" : "!~", values);
  }

  /** A histogram's buckets. */
  public Selector buckets() {
    if (metric.instrument() != Instrument.HISTOGRAM) {
      throw new IllegalArgumentException(metric + " is no histogram");
    }
    return new Selector(metric, name + "_bucket", matchers);
  }

  /** How fast it grows, a second. */
  public String rate(String window) {
    return "rate(" + this + "[" + window + "])";
  }

  /** By how much it grew. */
  public String increase(String window) {
    return "increase(" + this + "[" + window + "])";
  }

  /** By how much it had grown that long ago. */
  public String increase(String window, String ago) {
    return "increase(" + this + "[" + window + "] offset " + ago + ")";
  }

  private Selector matching(MetricAttribute attribute, String operator, String... values) {
    if (!metric.attributes().contains(attribute)) {
      throw new IllegalArgumentException(metric + " has no attribute " + attribute);
    }
    for (String value : values) {
      if (!attribute.labels().contains(value)) {
        throw new IllegalArgumentException(attribute + " is never " + value);
      }
    }
    List<String> all = new ArrayList<>(matchers);
    all.add(label(attribute) + operator + "\"" + String.join("|", values) + "\"");
    return new Selector(metric, name, all);
  }

  /** The selector as PromQL writes it, with braces always. */
  @Override
  public String toString() {
    return name + "{" + String.join(",", matchers) + "}";
  }
}
