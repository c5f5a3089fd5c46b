package io.poolwatch.otel;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.metrics.data.DoubleExemplarData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.poolwatch.book.DurationSamples;
import io.poolwatch.book.Life;
import io.poolwatch.book.ObjectBook;
import io.poolwatch.book.PoolFacts;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.Share;
import io.poolwatch.book.ShareBook;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What is exported while pools are in use. */
class MetricsUnderLoadTest extends ExportedPools {
  @Test
  void theSumsHoldInEveryBatchWhileManyThreadsUseThePools() throws Exception {
    ObjectBook book = pool("objects", EAGER);
    ShareBook shared = new ShareBook(EAGER, new PoolFacts("shares"));
    register(shared);
    AtomicBoolean stop = new AtomicBoolean();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Thread thread = new Thread(() -> use(book, shared, stop));
      thread.start();
      threads.add(thread);
    }
    int batches = 0;
    long until = System.nanoTime() + 1_500_000_000L;
    long last = 0;
    while (System.nanoTime() < until) {
      Exported batch = export();
      batches++;
      for (String pool : List.of("objects", "shares")) {
        Map<String, Long> borrows = batch.longs(PoolwatchMetric.BORROWS, pool);
        assertThat(borrows.get("miss")).isEqualTo(batch.sum(PoolwatchMetric.MISSES, pool));
        assertThat(batch.sum(PoolwatchMetric.OBJECT_CREATED, pool))
            .isEqualTo(
                batch.sum(PoolwatchMetric.OBJECT_COUNT, pool)
                    + batch.sum(PoolwatchMetric.OBJECT_REMOVED, pool));
      }
      long borrowed = batch.sum(PoolwatchMetric.BORROWS, "objects");
      assertThat(borrowed).isGreaterThanOrEqualTo(last);
      last = borrowed;
    }
    stop.set(true);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(batches).isGreaterThan(20);
    assertThat(export().sum(PoolwatchMetric.BORROWS, "objects")).isGreaterThan(1000);
    assertThat(export().sum(PoolwatchMetric.BORROWS, "shares")).isGreaterThan(1000);
  }

  private static void use(ObjectBook book, ShareBook shares, AtomicBoolean stop) {
    Object localPool = new Object();
    Share share = shares.open(localPool, true);
    Life life = new Life();
    book.created(life, null);
    boolean fresh = true;
    while (!stop.get()) {
      book.lent(life, fresh);
      fresh = false;
      if (ThreadLocalRandom.current().nextInt(8) == 0) {
        book.discarded(life, RemovalReason.CAPACITY);
        life = new Life();
        book.created(life, null);
        fresh = true;
        share.miss();
      } else {
        book.returned(life);
        share.hit();
      }
      share.returned();
      shares.missDisabled();
    }
    Reference.reachabilityFence(localPool);
  }

  @Test
  void durationsAreRecordedWithTheTraceOfTheService() {
    ObjectBook book = pool("timed", EAGER);
    String trace = "0af7651916cd43dd8448eb211c80319c";
    String span = "b7ad6b7169203331";
    DurationSamples.spanSource(() -> new String[] {trace, span});
    DurationSamples.record(book, DurationSamples.LOAN, 3_000_000);
    DurationSamples.spanSource(null);
    DurationSamples.record(book, DurationSamples.LOAN, 20_000_000);
    DurationSamples.record(book, DurationSamples.BORROW, 90);
    ledger.tick(System.nanoTime());
    ledger.snapshot();

    metrics.recordDurations();

    Exported batch = export();
    HistogramPointData loans = onlyHistogram(batch, PoolwatchMetric.LOAN_DURATION);
    assertThat(loans.getCount()).isEqualTo(2);
    assertThat(loans.getSum()).isEqualTo(0.023, org.assertj.core.data.Offset.offset(1e-12));
    assertThat(loans.getBoundaries()).isEqualTo(DurationRecorder.BOUNDS);
    assertThat(loans.getAttributes())
        .isEqualTo(
            Attributes.of(
                MetricAttribute.POOL_NAME.key(), "timed",
                MetricAttribute.POOL_SYSTEM.key(), "eager"));
    assertThat(loans.getExemplars())
        .singleElement()
        .satisfies(
            (DoubleExemplarData exemplar) -> {
              SpanContext context = exemplar.getSpanContext();
              assertThat(context.getTraceId()).isEqualTo(trace);
              assertThat(context.getSpanId()).isEqualTo(span);
              assertThat(exemplar.getValue()).isEqualTo(0.003);
            });
    HistogramPointData borrows = onlyHistogram(batch, PoolwatchMetric.BORROW_DURATION);
    assertThat(borrows.getCount()).isEqualTo(1);
    assertThat(borrows.getCounts().get(0)).isEqualTo(1);
    assertThat(borrows.getExemplars()).isEmpty();
  }

  private static HistogramPointData onlyHistogram(Exported batch, PoolwatchMetric metric) {
    return batch.metric(metric).orElseThrow().getHistogramData().getPoints().iterator().next();
  }
}
