package io.poolwatch.agent.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened between two states of a service. Immutable. */
final class Period {
  private final @Nullable Snapshot before;
  private final Snapshot now;

  /**
   * A period.
   *
   * @param before null to begin when the service began to be watched
   */
  Period(@Nullable Snapshot before, Snapshot now) {
    this.before = before;
    this.now = now;
  }

  Snapshot now() {
    return now;
  }

  double seconds() {
    return now.watchedSeconds() - (before == null ? 0 : before.watchedSeconds());
  }

  /** All pools, in the given order. */
  List<PoolRow> rows(Column sorted, boolean reversed) {
    List<PoolRow> rows = new ArrayList<>();
    for (PoolFigures pool : now.pools()) {
      rows.add(row(pool));
    }
    rows.sort(reversed ? sorted.order().reversed() : sorted.order());
    return rows;
  }

  private PoolRow row(PoolFigures pool) {
    return new PoolRow(before == null ? null : before.like(pool), pool, seconds());
  }

  /** One pool; null if it is not there. */
  @Nullable PoolRow row(String key) {
    for (PoolFigures pool : now.pools()) {
      if (pool.key().equals(key)) {
        return row(pool);
      }
    }
    return null;
  }
}
