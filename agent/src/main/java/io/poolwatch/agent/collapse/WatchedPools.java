package io.poolwatch.agent.collapse;

import io.poolwatch.book.PoolIdentity;
import io.poolwatch.collapse.CollapseReading;
import io.poolwatch.otel.CollapseReadings;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What {@link CollapseWatch} knows of each pool name. Written by one thread, read by any. */
public final class WatchedPools implements CollapseReadings {
  private final Map<PoolIdentity, WatchedPool> pools = new ConcurrentHashMap<>();

  /** Knows nothing yet. */
  public WatchedPools() {}

  @Override
  public @Nullable CollapseReading of(PoolIdentity pool) {
    WatchedPool watched = pools.get(pool);
    return watched == null ? null : watched.reading();
  }

  @Nullable WatchedPool find(PoolIdentity pool) {
    return pools.get(pool);
  }

  void add(PoolIdentity pool, WatchedPool watched) {
    pools.put(pool, watched);
  }
}
