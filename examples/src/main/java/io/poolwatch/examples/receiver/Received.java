package io.poolwatch.examples.receiver;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was received up to one moment. Immutable. */
final class Received {
  final long exports;
  final long points;

  /** Points of series beyond those the store takes. */
  final long turnedAway;

  /** Seconds since the last export; negative before the first. */
  final double lastExportAge;

  final int series;
  private final List<Reading> readings;

  Received(
      long exports, long points, long turnedAway, double lastExportAge, List<Reading> readings) {
    this.exports = exports;
    this.points = points;
    this.turnedAway = turnedAway;
    this.lastExportAge = lastExportAge;
    this.series = readings.size();
    this.readings = readings;
  }

  /** The pools, by service, then system, then the busiest of all time first. */
  List<PoolFigures> pools() {
    Map<String, List<Reading>> byPool = new TreeMap<>();
    for (Reading reading : readings) {
      String pool = reading.key.attribute(PoolFigures.POOL);
      if (!pool.isEmpty()) {
        String system = reading.key.attribute(PoolFigures.SYSTEM);
        byPool
            .computeIfAbsent(
                reading.key.service() + '\n' + system + '\n' + pool, name -> new ArrayList<>())
            .add(reading);
      }
    }
    List<PoolFigures> pools = new ArrayList<>();
    byPool.values().forEach(of -> pools.add(new PoolFigures(of)));
    pools.sort(
        Comparator.comparing(PoolFigures::service)
            .thenComparing(PoolFigures::system)
            .thenComparing(pool -> -pool.total("poolwatch.borrows"))
            .thenComparing(PoolFigures::name));
    return pools;
  }

  /** What services told of themselves as a whole, by service. */
  Map<String, Figures> services() {
    Map<String, List<Reading>> byService = new TreeMap<>();
    for (Reading reading : readings) {
      if (reading.key.attribute(PoolFigures.POOL).isEmpty()) {
        byService.computeIfAbsent(reading.key.service(), name -> new ArrayList<>()).add(reading);
      }
    }
    Map<String, Figures> services = new TreeMap<>();
    byService.forEach((name, of) -> services.put(name, new Figures(of)));
    return services;
  }
}
