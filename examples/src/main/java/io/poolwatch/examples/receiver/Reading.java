package io.poolwatch.examples.receiver;

/** A series as it was at one moment. Immutable. */
final class Reading {
  final SeriesKey key;
  final Amount total;
  final Amount recent;
  final double recentSeconds;

  Reading(SeriesKey key, Series series) {
    this.key = key;
    this.total = series.total();
    this.recent = series.recent();
    this.recentSeconds = series.recentSeconds();
  }
}
