package io.poolwatch.examples.receiver;

import java.util.Map;
import java.util.Objects;

/** What makes a series: who sent it, the metric's name and the attributes. Immutable. */
final class SeriesKey {
  private final String service;
  private final String instance;
  private final String metric;
  private final Map<String, String> attributes;

  SeriesKey(String service, String instance, String metric, Map<String, String> attributes) {
    this.service = service;
    this.instance = instance;
    this.metric = metric;
    this.attributes = Map.copyOf(attributes);
  }

  String service() {
    return service;
  }

  String metric() {
    return metric;
  }

  /** The attribute's value as text, empty if the series does not bear it. */
  String attribute(String name) {
    return attributes.getOrDefault(name, "");
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof SeriesKey)) {
      return false;
    }
    SeriesKey that = (SeriesKey) other;
    return service.equals(that.service)
        && instance.equals(that.instance)
        && metric.equals(that.metric)
        && attributes.equals(that.attributes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(service, instance, metric, attributes);
  }
}
