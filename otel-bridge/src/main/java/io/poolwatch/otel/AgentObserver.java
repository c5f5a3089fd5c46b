package io.poolwatch.otel;

import io.opentelemetry.api.common.Attributes;
import io.poolwatch.book.DurationSamples;
import io.poolwatch.gc.Certainty;
import io.poolwatch.gc.CollectionKind;
import io.poolwatch.gc.Tenuring;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Turns what the agent knows about itself into measurements. */
final class AgentObserver {
  private static final Attributes TAKEN = one(MetricAttribute.SAMPLE_OUTCOME, 0);
  private static final Attributes DROPPED = one(MetricAttribute.SAMPLE_OUTCOME, 1);
  private static final Attributes SUCCESS = one(MetricAttribute.EXPORT_OUTCOME, 0);
  private static final Attributes FAILURE = one(MetricAttribute.EXPORT_OUTCOME, 1);

  private final AgentStats stats;
  private final Observers to;
  private final Map<String, SystemSeries> systems = new ConcurrentHashMap<>();

  AgentObserver(AgentStats stats, Observers to) {
    this.stats = stats;
    this.to = to;
  }

  void observe() {
    for (String system : stats.systems()) {
      SystemSeries series = systems.computeIfAbsent(system, SystemSeries::new);
      to.longs(PoolwatchMetric.AGENT_CLASSES_WOVEN).record(stats.classesWoven(system), series.base);
      to.longs(PoolwatchMetric.AGENT_CLASSES_REFUSED)
          .record(stats.classesRefused(system), series.base);
      for (Map.Entry<AgentFailure, Attributes> failure : series.failures.entrySet()) {
        to.longs(PoolwatchMetric.AGENT_FAILURES)
            .record(stats.failures(system, failure.getKey()), failure.getValue());
      }
    }
    to.doubles(PoolwatchMetric.AGENT_WEAVING_TIME).record(stats.weavingNanos() / 1e9);
    to.longs(PoolwatchMetric.AGENT_SAMPLES).record(DurationSamples.taken(), TAKEN);
    to.longs(PoolwatchMetric.AGENT_SAMPLES).record(DurationSamples.dropped(), DROPPED);
    to.longs(PoolwatchMetric.AGENT_POOLS_OVERFLOWED).record(stats.poolsBeyondLimit());
    Tenuring collections = stats.collections();
    if (collections != null) {
      observe(collections);
    }
    to.longs(PoolwatchMetric.AGENT_EXPORTS).record(stats.exportsSucceeded(), SUCCESS);
    to.longs(PoolwatchMetric.AGENT_EXPORTS).record(stats.exportsFailed(), FAILURE);
  }

  private void observe(Tenuring collections) {
    for (CollectionKind kind : CollectionKind.values()) {
      for (Certainty certainty : Certainty.values()) {
        to.longs(PoolwatchMetric.AGENT_COLLECTIONS)
            .record(
                collections.count(kind, certainty),
                Attributes.of(
                    MetricAttribute.COLLECTION_KIND.key(),
                    kind.label(),
                    MetricAttribute.COLLECTION_OUTCOME.key(),
                    certainty.label()));
      }
    }
  }

  private static Attributes one(MetricAttribute attribute, int value) {
    return Attributes.of(attribute.key(), attribute.labels().get(value));
  }

  private static final class SystemSeries {
    final Attributes base;
    final Map<AgentFailure, Attributes> failures = new EnumMap<>(AgentFailure.class);

    SystemSeries(String system) {
      base = Attributes.of(MetricAttribute.POOL_SYSTEM.key(), system);
      for (AgentFailure kind : AgentFailure.values()) {
        failures.put(
            kind, base.toBuilder().put(MetricAttribute.FAILURE_KIND.key(), kind.label()).build());
      }
    }
  }
}
