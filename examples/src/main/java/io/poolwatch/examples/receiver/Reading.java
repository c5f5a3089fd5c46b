package io.poolwatch.examples.receiver;

/** A series as it was at one moment. Immutable. */
final class Reading {
  final SeriesKey key;
  final Amount total;
  final Amount recent;
  final double recentSeconds;
  final Amount sinceFirst;
  final double secondsSinceFirst;

  Reading(SeriesKey key, Series series) {
    this.key = key;
    this.total = series.total();
    this.recent = series.recent();
    this.recentSeconds = series.recentSeconds();
    this.sinceFirst = series.sinceFirst();
    this.secondsSinceFirst = series.secondsSinceFirst();
  }
}
