package io.poolwatch.otel;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.poolwatch.book.Books;
import io.poolwatch.book.DurationSamples;
import io.poolwatch.book.KeyShare;
import io.poolwatch.book.Life;
import io.poolwatch.book.ObjectBook;
import io.poolwatch.book.PoolFacts;
import io.poolwatch.book.ShareBook;
import io.poolwatch.collapse.CollapseReading;
import io.poolwatch.collapse.CollapseState;
import io.poolwatch.gc.Certainty;
import io.poolwatch.gc.ScriptedCollections;
import io.poolwatch.gc.Tenuring;
import java.lang.ref.Reference;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is exported only where an agent asks for it: of itself, of a collapse, and all at once. */
class AgentMetricsTest extends ExportedPools {
  @Test
  void everyMetricIsAsTheEnumSays() {
    ObjectBook book = pool("described", EAGER);
    // A pool has its name, and its minute, from the first reading or the first object on.
    book.facts().object(new StringBuilder());
    book.idleLimit(1);
    DurationSamples.record(book, DurationSamples.BORROW, 1);
    DurationSamples.record(book, DurationSamples.LOAN, 1);
    build(book);
    book.costs().borrowed(400);
    long start = System.nanoTime();
    Life life = new Life();
    book.created(life, null, new KeyShare());
    book.lent(life, true);
    ledger.tick(start);
    ledger.tick(start + 61_000_000_000L);
    ShareBook estimated = new ShareBook(TELLING, new PoolFacts("estimated"));
    Books.register(estimated, estimated);
    estimated.open(life, true).know(life, null);
    metrics.close();
    try (ScriptedCollections collections = new ScriptedCollections();
        PoolwatchMetrics withAgent =
            PoolwatchMetrics.register(
                sdk,
                ledger,
                new FixedStats(),
                pool -> new CollapseReading(CollapseState.SUSPECT, 0.5))) {
      collections.settle();
      withAgent.recordDurations();

      Collection<MetricData> batch = reader.collectAllMetrics();

      assertThat(batch.stream().map(MetricData::getName).collect(Collectors.toSet()))
          .isEqualTo(
              java.util.Arrays.stream(PoolwatchMetric.values())
                  .map(PoolwatchMetric::metricName)
                  .collect(Collectors.toSet()));
      for (PoolwatchMetric metric : PoolwatchMetric.values()) {
        MetricData data = new Exported(batch).metric(metric).orElseThrow();
        assertThat(data.getUnit()).isEqualTo(metric.unit());
        assertThat(data.getDescription()).isEqualTo(metric.description());
        assertThat(data.getInstrumentationScopeInfo().getName()).isEqualTo("io.poolwatch");
        assertThat(data.getInstrumentationScopeInfo().getVersion()).matches("\\d+\\.\\d+\\.\\d+.*");
        Set<String> allowed =
            metric.attributes().stream().map(a -> a.key().getKey()).collect(Collectors.toSet());
        for (PointData point : data.getData().getPoints()) {
          Set<String> keys = new TreeSet<>();
          point.getAttributes().forEach((AttributeKey<?> key, Object v) -> keys.add(key.getKey()));
          assertThat(allowed).as(metric.metricName()).containsAll(keys);
        }
      }
      Reference.reachabilityFence(life);
    }
  }

  @Test
  void collectionsAreReportedByKindAndByHowWellTheyAreKnown() {
    metrics.close();
    try (PoolwatchMetrics withAgent =
        PoolwatchMetrics.register(sdk, ledger, new FixedStats(), pool -> null)) {
      withAgent.recordDurations();
      MetricData data =
          new Exported(reader.collectAllMetrics())
              .metric(PoolwatchMetric.AGENT_COLLECTIONS)
              .orElseThrow();
      assertThat(data.getLongSumData().getPoints())
          .extracting(
              point ->
                  point.getAttributes().get(AttributeKey.stringKey("poolwatch.collection"))
                      + " "
                      + point.getAttributes().get(AttributeKey.stringKey("poolwatch.outcome"))
                      + " "
                      + point.getValue())
          .containsExactlyInAnyOrder(
              "young known 2",
              "young estimated 1",
              "young unknown 0",
              "full known 1",
              "full estimated 0",
              "full unknown 0");
    }
  }

  @Test
  void poolIsInOneStateOfCollapseAndInNoneBeforeItWasLookedAt() {
    pool("objects", EAGER);
    pool("others", EAGER);
    metrics.close();
    try (PoolwatchMetrics judged =
        PoolwatchMetrics.register(
            sdk,
            ledger,
            new FixedStats(),
            pool ->
                pool.name().equals("objects")
                    ? new CollapseReading(CollapseState.COLLAPSED, 1.5)
                    : null)) {
      judged.recordDurations();
      Exported batch = new Exported(reader.collectAllMetrics());
      assertThat(batch.longs(PoolwatchMetric.COLLAPSE_STATE, "objects"))
          .isEqualTo(Map.of("ok", 0L, "suspect", 0L, "collapsed", 1L));
      assertThat(batch.longs(PoolwatchMetric.COLLAPSE_STATE, "others")).isEmpty();
      assertThat(
              batch
                  .metric(PoolwatchMetric.COLLAPSE_SCORE)
                  .orElseThrow()
                  .getDoubleGaugeData()
                  .getPoints())
          .singleElement()
          .satisfies(point -> assertThat(point.getValue()).isEqualTo(1.5));
    }
  }

  private static final class FixedStats implements AgentStats {
    @Override
    public Set<String> systems() {
      return Set.of("eager");
    }

    @Override
    public long classesWoven(String system) {
      return 1;
    }

    @Override
    public long classesRefused(String system) {
      return 2;
    }

    @Override
    public long failures(String system, AgentFailure kind) {
      return kind == AgentFailure.ADVICE ? 3 : 4;
    }

    @Override
    public long weavingNanos() {
      return 5_000_000;
    }

    @Override
    public long poolsBeyondLimit() {
      return 6;
    }

    @Override
    public long exportsSucceeded() {
      return 7;
    }

    @Override
    public Tenuring collections() {
      Tenuring collections = new Tenuring();
      collections.young(1, 1, 15, Certainty.KNOWN);
      collections.young(2, 2, 15, Certainty.KNOWN);
      collections.young(3, 3, 15, Certainty.ESTIMATED);
      collections.full(4, 4, Certainty.KNOWN);
      return collections;
    }

    @Override
    public long exportsFailed() {
      return 8;
    }
  }
}
