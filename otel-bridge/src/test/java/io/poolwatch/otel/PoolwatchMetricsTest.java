package io.poolwatch.otel;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.DoubleExemplarData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.poolwatch.book.Books;
import io.poolwatch.book.BorrowOutcome;
import io.poolwatch.book.DurationSamples;
import io.poolwatch.book.KeyShare;
import io.poolwatch.book.Ledger;
import io.poolwatch.book.Life;
import io.poolwatch.book.MissCause;
import io.poolwatch.book.ObjectBook;
import io.poolwatch.book.PoolFacts;
import io.poolwatch.book.PoolSystem;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.ReturnOutcome;
import io.poolwatch.book.Share;
import io.poolwatch.book.ShareBook;
import io.poolwatch.book.ViolationKind;
import io.poolwatch.collapse.CollapseReading;
import io.poolwatch.collapse.CollapseState;
import io.poolwatch.gc.Certainty;
import io.poolwatch.gc.PromotionKind;
import io.poolwatch.gc.ScriptedCollections;
import io.poolwatch.gc.Tenuring;
import io.poolwatch.worth.Costs;
import io.poolwatch.worth.Meter;
import io.poolwatch.worth.Prices;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PoolwatchMetricsTest {
  private static final PoolSystem EAGER =
      PoolSystem.named("eager")
          .borrowOutcomes(EnumSet.allOf(BorrowOutcome.class))
          .missCauses(EnumSet.of(MissCause.DISABLED, MissCause.OTHER))
          .returnOutcomes(EnumSet.allOf(ReturnOutcome.class))
          .removalReasons(EnumSet.allOf(RemovalReason.class))
          .violations(EnumSet.allOf(ViolationKind.class))
          .validating()
          .waiting()
          .tellingBirths()
          .build();
  private static final PoolSystem TELLING = PoolSystem.named("telling").tellingBirths().build();
  private static final PoolSystem PLAIN = PoolSystem.named("plain").build();

  private final InMemoryMetricReader reader = InMemoryMetricReader.create();
  private final OpenTelemetrySdk sdk =
      OpenTelemetrySdk.builder()
          .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(reader).build())
          .build();
  private final Ledger ledger = new Ledger((system, facts) -> facts.poolClass(), 100);
  private final PoolwatchMetrics metrics = PoolwatchMetrics.register(sdk, ledger);
  private final List<Object> pools = new ArrayList<>();

  /** Pools of other tests, which wait in the one list of the process, are not for this ledger. */
  @BeforeEach
  void forgetEarlierPools() {
    new Ledger((system, facts) -> null, 1).snapshot();
    while (DurationSamples.poll() != null) {}
  }

  @AfterEach
  void close() {
    DurationSamples.spanSource(null);
    Costs.meter(null);
    Prices.current(null);
    metrics.close();
    sdk.close();
    Reference.reachabilityFence(pools);
  }

  private ObjectBook pool(String name, PoolSystem system) {
    ObjectBook book = new ObjectBook(system, new PoolFacts(name));
    register(book);
    return book;
  }

  private void register(io.poolwatch.book.PoolBook book) {
    Object pool = new Object();
    pools.add(pool);
    Books.register(pool, book);
  }

  private Exported export() {
    return new Exported(reader.collectAllMetrics());
  }

  @Test
  void everySeriesThatAPoolCanHaveIsZeroInItsFirstExport() {
    pool("unused", EAGER);

    Exported batch = export();

    assertThat(batch.longs(PoolwatchMetric.BORROWS, "unused"))
        .isEqualTo(Map.of("hit", 0L, "miss", 0L, "exhausted", 0L, "error", 0L));
    assertThat(batch.longs(PoolwatchMetric.MISSES, "unused"))
        .isEqualTo(Map.of("disabled", 0L, "other", 0L));
    assertThat(batch.longs(PoolwatchMetric.RETURNS, "unused"))
        .isEqualTo(Map.of("pooled", 0L, "discarded", 0L, "rejected", 0L));
    assertThat(batch.longs(PoolwatchMetric.OBJECT_REMOVED, "unused"))
        .hasSize(RemovalReason.values().length)
        .allSatisfy((reason, count) -> assertThat(count).isZero());
    assertThat(batch.longs(PoolwatchMetric.OBJECT_COUNT, "unused"))
        .isEqualTo(Map.of("idle", 0L, "used", 0L));
    assertThat(batch.longs(PoolwatchMetric.VALIDATIONS, "unused"))
        .isEqualTo(Map.of("valid", 0L, "invalid", 0L, "error", 0L));
    assertThat(batch.longs(PoolwatchMetric.OBJECT_CREATED, "unused")).isEqualTo(Map.of("", 0L));
    assertThat(batch.longs(PoolwatchMetric.PENDING_REQUESTS, "unused")).isEqualTo(Map.of("", 0L));
  }

  @Test
  void theOldGenerationIsAbsentWhereTheJvmDoesNotTellAndZeroFromTheFirstExportWhereItDoes() {
    ObjectBook book = pool("aged", TELLING);
    assertThat(export().metric(PoolwatchMetric.PROMOTIONS)).isEmpty();
    assertThat(export().metric(PoolwatchMetric.TENURED_COUNT)).isEmpty();
    assertThat(export().metric(PoolwatchMetric.TENURED_REMOVED)).isEmpty();
    try (ScriptedCollections collections = new ScriptedCollections()) {
      Exported first = export();
      assertThat(first.longs(PoolwatchMetric.PROMOTIONS, "aged"))
          .isEqualTo(Map.of("aged", 0L, "full", 0L, "born_old", 0L));
      assertThat(first.longs(PoolwatchMetric.TENURED_COUNT, "aged"))
          .isEqualTo(Map.of("idle", 0L, "used", 0L));
      assertThat(first.longs(PoolwatchMetric.TENURED_REMOVED, "aged")).isEqualTo(Map.of("", 0L));

      List<Life> lives = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        Life life = new Life();
        book.created(life, life);
        book.lent(life, true);
        lives.add(life);
      }
      collections.promoteAll(PromotionKind.FULL);
      book.returned(lives.get(0));
      book.removed(lives.get(1), RemovalReason.INVALIDATED);
      Exported batch = export();
      assertThat(batch.longs(PoolwatchMetric.PROMOTIONS, "aged"))
          .isEqualTo(Map.of("aged", 0L, "full", 5L, "born_old", 0L));
      assertThat(batch.longs(PoolwatchMetric.TENURED_COUNT, "aged"))
          .isEqualTo(Map.of("idle", 1L, "used", 3L));
      assertThat(batch.longs(PoolwatchMetric.TENURED_REMOVED, "aged")).isEqualTo(Map.of("", 1L));
    }
  }

  @Test
  void estimatesAreMarkedByTheirBoundsAndExactFiguresHaveNone() {
    pool("exact", TELLING);
    ShareBook sampled = new ShareBook(TELLING, new PoolFacts("estimated"));
    Object local = new Object();
    Books.register(local, sampled);
    try (ScriptedCollections collections = new ScriptedCollections()) {
      Share share = sampled.open(local, true);
      List<Object> objects = new ArrayList<>();
      for (int i = 0; i < 9; i++) {
        Object object = new Object();
        objects.add(object);
        share.miss();
        share.know(object, null);
      }
      collections.promoteAll(PromotionKind.FULL);
      for (int i = 0; i < 4; i++) {
        share.returnedByOwner();
      }
      Exported batch = export();
      assertThat(batch.longs(PoolwatchMetric.TENURED_BOUND, "exact")).isEmpty();
      assertThat(batch.longs(PoolwatchMetric.TENURED_COUNT, "estimated"))
          .isEqualTo(Map.of("idle", 4L, "used", 5L));
      // All are old, so the idle ones are, too.
      assertThat(batch.longs(PoolwatchMetric.TENURED_BOUND, "estimated"))
          .isEqualTo(
              Map.of(
                  "idle_least", 4L,
                  "idle_most", 4L,
                  "used_least", 5L,
                  "used_most", 5L,
                  "removed_least", 0L,
                  "removed_most", 0L));
      for (int i = 0; i < 9; i++) {
        Object young = new Object();
        objects.add(young);
        share.miss();
        share.know(young, null);
      }
      assertThat(export().longs(PoolwatchMetric.TENURED_BOUND, "estimated"))
          .containsEntry("idle_least", 0L)
          .containsEntry("idle_most", 4L)
          .containsEntry("used_least", 5L)
          .containsEntry("used_most", 9L);
      Reference.reachabilityFence(objects);
      Reference.reachabilityFence(local);
    }
  }

  @Test
  void whatAPoolCannotHaveIsAbsent() {
    pool("plain", PLAIN);

    Exported batch = export();

    assertThat(batch.longs(PoolwatchMetric.BORROWS, "plain").keySet())
        .containsExactlyInAnyOrder("hit", "miss");
    assertThat(batch.longs(PoolwatchMetric.MISSES, "plain").keySet()).containsExactly("other");
    assertThat(batch.longs(PoolwatchMetric.OBJECT_REMOVED, "plain").keySet())
        .containsExactly("pool_gone");
    assertThat(batch.longs(PoolwatchMetric.VALIDATIONS, "plain")).isEmpty();
    assertThat(batch.longs(PoolwatchMetric.PENDING_REQUESTS, "plain")).isEmpty();
    assertThat(batch.longs(PoolwatchMetric.OBJECT_LIMIT, "plain")).isEmpty();
    assertThat(batch.metric(PoolwatchMetric.HIT_RATIO)).isEmpty();
  }

  @Test
  void whatWasCountedAgainstTheDescriptionIsReportedAllTheSame() {
    ObjectBook book = pool("surprising", PLAIN);
    book.exhausted();

    assertThat(export().longs(PoolwatchMetric.BORROWS, "surprising"))
        .containsEntry("exhausted", 1L);
  }

  @Test
  void countsAreExportedToTheUnit() {
    ObjectBook book = pool("counted", EAGER);
    Life life = new Life();
    book.created(life, null);
    book.lent(life, true);
    book.returned(life);
    book.valid(life);
    book.lent(life, false);
    book.discarded(life, RemovalReason.INVALID);
    book.invalid();
    book.waitBegins();

    Exported batch = export();

    assertThat(batch.longs(PoolwatchMetric.BORROWS, "counted"))
        .containsEntry("hit", 1L)
        .containsEntry("miss", 1L);
    assertThat(batch.longs(PoolwatchMetric.RETURNS, "counted"))
        .containsEntry("pooled", 1L)
        .containsEntry("discarded", 1L);
    assertThat(batch.longs(PoolwatchMetric.OBJECT_REMOVED, "counted")).containsEntry("invalid", 1L);
    assertThat(batch.longs(PoolwatchMetric.VALIDATIONS, "counted"))
        .isEqualTo(Map.of("valid", 1L, "invalid", 1L, "error", 0L));
    assertThat(batch.longs(PoolwatchMetric.PENDING_REQUESTS, "counted")).isEqualTo(Map.of("", 1L));
    assertThat(batch.longs(PoolwatchMetric.KEY_COUNT, "counted")).as("it has no keys").isEmpty();
  }

  @Test
  void limitsAreAbsentAsSoonAsOnePoolOfTheNameIsUnlimited() {
    ObjectBook bounded = pool("twins", PLAIN);
    bounded.idleLimit(8);
    bounded.totalLimit(10);
    assertThat(export().longs(PoolwatchMetric.OBJECT_LIMIT, "twins"))
        .isEqualTo(Map.of("idle", 8L, "total", 10L));

    pool("twins", PLAIN).idleLimit(4);

    assertThat(export().longs(PoolwatchMetric.OBJECT_LIMIT, "twins"))
        .isEqualTo(Map.of("idle", 12L));
  }

  @Test
  void hitRatioTellsTheLastFullMinute() {
    long start = System.nanoTime();
    ObjectBook book = pool("ratio", PLAIN);
    Life life = new Life();
    book.created(life, null);
    for (int i = 0; i < 4; i++) {
      book.lent(life, i == 0);
      book.returned(life);
    }
    ledger.tick(start);
    assertThat(export().metric(PoolwatchMetric.HIT_RATIO)).isEmpty();

    ledger.tick(start + 61_000_000_000L);

    assertThat(export().metric(PoolwatchMetric.HIT_RATIO))
        .hasValueSatisfying(
            data ->
                assertThat(data.getDoubleGaugeData().getPoints())
                    .singleElement()
                    .satisfies(point -> assertThat(point.getValue()).isEqualTo(0.75)));
    ledger.tick(start + 122_000_000_000L);
    assertThat(export().metric(PoolwatchMetric.HIT_RATIO)).isEmpty();
  }

  @Test
  void worthIsAbsentUntilABuildingWasMeasured() {
    ObjectBook book = pool("worth", PLAIN);
    Life life = new Life();
    book.created(life, null);
    book.lent(life, true);
    book.returned(life);
    book.lent(life, false);
    assertThat(export().metric(PoolwatchMetric.ALLOCATION_AVOIDED)).isEmpty();
    assertThat(export().metric(PoolwatchMetric.TIME_SAVED)).isEmpty();
    assertThat(export().metric(PoolwatchMetric.TIME_PAID)).isEmpty();
    assertThat(export().metric(PoolwatchMetric.OBJECT_SIZE)).isEmpty();

    build(book);
    Exported batch = export();

    assertThat(batch.longs(PoolwatchMetric.ALLOCATION_AVOIDED, "worth"))
        .isEqualTo(Map.of("", 300L));
    assertThat(batch.longs(PoolwatchMetric.OBJECT_SIZE, "worth"))
        .isEqualTo(Map.of("idle", 0L, "used", 64L));
    assertThat(batch.metric(PoolwatchMetric.TIME_SAVED)).isPresent();
  }

  /** A building of 300 bytes, measured by a meter that knows nothing else. */
  private static void build(ObjectBook book) {
    Prices.current(new Prices(30, 1, Map.of(64L, 9.0), Map.of()));
    AtomicLong allocated = new AtomicLong();
    Costs.meter(
        new Meter() {
          @Override
          public long allocated() {
            return allocated.getAndAdd(300);
          }

          @Override
          public long allocatedByReading() {
            return 0;
          }

          @Override
          public long classesLoaded() {
            return 7;
          }

          @Override
          public long sizeOf(Object object) {
            return 64;
          }
        });
    long ticket = book.costs().building();
    long classes = Costs.classes(ticket);
    book.costs().built(ticket, classes, Costs.clock(ticket), null, null, new Object());
  }

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

  @Test
  void poolsWhoseAdviceWasSwitchedOffAreNoLongerReported() {
    PoolSystem failing = PoolSystem.named("failing").build();
    pool("broken", failing);
    assertThat(export().longs(PoolwatchMetric.BORROWS, "broken")).isNotEmpty();

    for (int i = 0; i < io.poolwatch.book.Breaker.LIMIT; i++) {
      failing.breaker().failed(new IllegalStateException("planted"));
    }

    assertThat(export().longs(PoolwatchMetric.BORROWS, "broken")).isEmpty();
  }

  @Test
  void usesAreNotReportedOfPoolsWhoseGuardWasSwitchedOff() {
    PoolSystem failing =
        PoolSystem.named("unguarded").violations(EnumSet.allOf(ViolationKind.class)).build();
    pool("unguarded", failing);
    assertThat(export().longs(PoolwatchMetric.VIOLATIONS, "unguarded"))
        .hasSize(ViolationKind.values().length)
        .containsKey("use_after_return");

    for (int i = 0; i < io.poolwatch.book.Breaker.LIMIT; i++) {
      failing.guard().failed(new IllegalStateException("planted"));
    }

    assertThat(export().longs(PoolwatchMetric.VIOLATIONS, "unguarded"))
        .hasSize(ViolationKind.values().length - 1)
        .doesNotContainKey("use_after_return");
  }

  @Test
  void nothingIsObservedAfterClose() {
    pool("closed", EAGER);
    metrics.close();

    assertThat(reader.collectAllMetrics()).isEmpty();
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
