package io.poolwatch.examples.receiver;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** The received figures of one pool of one service, all its instances together. Immutable. */
final class PoolFigures {
  static final String POOL = "poolwatch.pool.name";
  static final String SYSTEM = "poolwatch.pool.system";

  private final List<Reading> readings;

  /** From readings that all bear the same pool, system and service; at least one. */
  PoolFigures(List<Reading> readings) {
    this.readings = readings;
  }

  String name() {
    return readings.get(0).key.attribute(POOL);
  }

  String system() {
    return readings.get(0).key.attribute(SYSTEM);
  }

  String service() {
    return readings.get(0).key.service();
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
