package io.poolwatch.examples.receiver;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** Received figures that belong together, of all instances of one service. Immutable. */
class Figures {
  private final List<Reading> readings;

  Figures(List<Reading> readings) {
    this.readings = readings;
  }

  /** The metric summed over its attributes; 0 if it was not received. */
  double total(String metric) {
    return sum(metric, "", "", reading -> reading.total.value());
  }

  double total(String metric, String attribute, String value) {
    return sum(metric, attribute, value, reading -> reading.total.value());
  }

  /** By how much the metric rose in the last ten seconds. */
  double recent(String metric) {
    return sum(metric, "", "", reading -> reading.recent.value());
  }

  double recent(String metric, String attribute, String value) {
    return sum(metric, attribute, value, reading -> reading.recent.value());
  }

  boolean has(String metric) {
    return readings.stream().anyMatch(reading -> reading.key.metric().equals(metric));
  }

  boolean has(String metric, String attribute, String value) {
    return readings.stream().anyMatch(reading -> matches(reading, metric, attribute, value));
  }

  /** The metric's totals by one attribute's values, without zeros. */
  Map<String, Double> totals(String metric, String attribute) {
    return by(metric, attribute, reading -> reading.total.value());
  }

  /** As {@link #totals}, but of the last ten seconds. */
  Map<String, Double> recents(String metric, String attribute) {
    return by(metric, attribute, reading -> reading.recent.value());
  }

  /** The rise a second, once there are two reports. */
  OptionalDouble perSecond(String metric) {
    double rate = 0;
    boolean known = false;
    for (Reading reading : readings) {
      if (reading.key.metric().equals(metric) && reading.recentSeconds > 0) {
        rate += reading.recent.value() / reading.recentSeconds;
        known = true;
      }
    }
    return known ? OptionalDouble.of(rate) : OptionalDouble.empty();
  }

  /** By how much the metric rose between its first report and its last. */
  double sinceFirst(String metric) {
    return sum(metric, "", "", reading -> reading.sinceFirst.value());
  }

  double sinceFirst(String metric, String attribute, String value) {
    return sum(metric, attribute, value, reading -> reading.sinceFirst.value());
  }

  /** The time between these two reports, in seconds, the longest of all instances; 0 if none. */
  double secondsSinceFirst(String metric) {
    return readings.stream()
        .filter(reading -> reading.key.metric().equals(metric))
        .mapToDouble(reading -> reading.secondsSinceFirst)
        .max()
        .orElse(0);
  }

  /** The mean of what a histogram took in during the last ten seconds. */
  OptionalDouble recentMean(String histogram) {
    double sum = 0;
    long count = 0;
    for (Reading reading : readings) {
      if (reading.key.metric().equals(histogram)) {
        sum += reading.recent.value();
        count += reading.recent.count();
      }
    }
    return count > 0 ? OptionalDouble.of(sum / count) : OptionalDouble.empty();
  }

  private double sum(
      String metric, String attribute, String value, ToDoubleFunction<Reading> figure) {
    double sum = 0;
    for (Reading reading : readings) {
      if (matches(reading, metric, attribute, value)) {
        sum += figure.applyAsDouble(reading);
      }
    }
    return sum;
  }

  private Map<String, Double> by(
      String metric, String attribute, ToDoubleFunction<Reading> figure) {
    Map<String, Double> sums = new TreeMap<>();
    for (Reading reading : readings) {
      double amount = figure.applyAsDouble(reading);
      if (reading.key.metric().equals(metric) && amount != 0) {
        sums.merge(reading.key.attribute(attribute), amount, Double::sum);
      }
    }
    return sums;
  }

  private static boolean matches(Reading reading, String metric, String attribute, String value) {
    return reading.key.metric().equals(metric)
        && (attribute.isEmpty() || reading.key.attribute(attribute).equals(value));
  }
}
