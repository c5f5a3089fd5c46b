package io.poolwatch.otel;

import io.poolwatch.book.PoolIdentity;
import io.poolwatch.collapse.CollapseReading;
import org.jspecify.annotations.Nullable;

/** Tells how the hit rates of pools are doing. Asked on an exporter's thread; thread-safe. */
public interface CollapseReadings {
  /** How a pool is doing; null as long as it was not looked at, and its metrics are absent. */
  @Nullable CollapseReading of(PoolIdentity pool);
}
