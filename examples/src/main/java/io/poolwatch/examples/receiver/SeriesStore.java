package io.poolwatch.examples.receiver;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All series received, the last value of each. Safe for use by many threads. */
final class SeriesStore {
  /** A sender that makes up attribute values must not fill the memory. */
  private static final int MAX_SERIES = 20_000;

  private final Map<SeriesKey, Series> series = new LinkedHashMap<>();
  private long exports;
  private long points;
  private long turnedAway;
  private long lastExportNanos;

  /** How a data point is to be taken. */
  enum Kind {
    CUMULATIVE,
    DELTA,
    /** A value that may fall: the last one counts. */
    CURRENT
  }

  /** Counts one export; its points follow by {@link #record}. */
  synchronized void exportBegins() {
    exports++;
    lastExportNanos = System.nanoTime();
  }

  synchronized void record(SeriesKey key, Kind kind, long timeNanos, Amount amount) {
    Series one = series.get(key);
    if (one == null) {
      if (series.size() >= MAX_SERIES) {
        turnedAway++;
        return;
      }
      one = new Series();
      series.put(key, one);
    }
    points++;
    if (kind == Kind.DELTA) {
      one.delta(timeNanos, amount);
    } else {
      one.cumulative(timeNanos, amount, kind == Kind.CUMULATIVE);
    }
  }

  /** Everything as it is now. */
  synchronized Received snapshot() {
    List<Reading> readings = new ArrayList<>(series.size());
    series.forEach((key, one) -> readings.add(new Reading(key, one)));
    double age = exports == 0 ? -1 : (System.nanoTime() - lastExportNanos) / 1e9;
    return new Received(exports, points, turnedAway, age, readings);
  }
}
