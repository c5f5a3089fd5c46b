package io.poolwatch.examples.receiver;

import java.util.List;

/** The received figures of one pool of one service, all its instances together. Immutable. */
final class PoolFigures extends Figures {
  static final String POOL = "poolwatch.pool.name";
  static final String SYSTEM = "poolwatch.pool.system";

  private final SeriesKey first;

  /** From readings that all bear the same pool, system and service; at least one. */
  PoolFigures(List<Reading> readings) {
    super(readings);
    this.first = readings.get(0).key;
  }

  String name() {
    return first.attribute(POOL);
  }

  String system() {
    return first.attribute(SYSTEM);
  }

  String service() {
    return first.service();
  }
}
