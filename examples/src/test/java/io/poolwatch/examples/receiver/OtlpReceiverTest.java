package io.poolwatch.examples.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real OTLP requests over HTTP, and what the table and the summary then say. */
class OtlpReceiverTest {
  private static final AggregationTemporality CUMULATIVE =
      AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
  private static final AggregationTemporality DELTA =
      AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
  private static final String PROTOBUF = "application/x-protobuf";

  private final SeriesStore store = new SeriesStore();
  private final List<Note> notes = new ArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private final HttpClient http = HttpClient.newHttpClient();
  private OtlpEndpoint endpoint;

  @BeforeEach
  void start() throws IOException {
    endpoint = new OtlpEndpoint(0, new OtlpDecoder(store), this::note, end::countDown);
  }

  @AfterEach
  void stop() {
    endpoint.close();
  }

  @Test
  void cumulativeTotalsReplaceOneAnotherAndRatesComeFromTheirTimes() throws Exception {
    export(borrows("shop", CUMULATIVE, 1, 900, 100));
    export(borrows("shop", CUMULATIVE, 3, 1_090, 110));

    PoolFigures pool = onlyPool();
    assertThat(pool.total("poolwatch.borrows")).isEqualTo(1_200);
    assertThat(pool.perSecond("poolwatch.borrows")).hasValue(100);
    assertThat(table()).anySatisfy(row -> assertThat(row).contains("connections", "100.0", "95.0"));
    assertThat(summary())
        .contains("Received 2 exports with 4 data points of 2 series, 1 pools")
        .contains("borrows     1200 (hit 1090, miss 110)")
        .contains("hit rate    90.8 %");
  }

  @Test
  void deltasAddUp() throws Exception {
    export(borrows("shop", DELTA, 1, 90, 10));
    export(borrows("shop", DELTA, 2, 40, 0));

    assertThat(onlyPool().total("poolwatch.borrows", "poolwatch.outcome", "hit")).isEqualTo(130);
    assertThat(onlyPool().total("poolwatch.borrows")).isEqualTo(140);
  }

  @Test
  void restartedSenderGoesOnFromWhatItHadReached() throws Exception {
    export(borrows("shop", CUMULATIVE, 1, 500, 5));
    export(borrows("shop", CUMULATIVE, 2, 20, 1));

    assertThat(onlyPool().total("poolwatch.borrows")).isEqualTo(526);
  }

  @Test
  void servicesAreKeptApart() throws Exception {
    export(borrows("shop", CUMULATIVE, 1, 7, 0));
    export(borrows("bank", CUMULATIVE, 1, 3, 0));

    assertThat(store.snapshot().pools())
        .extracting(PoolFigures::service)
        .containsExactly("bank", "shop");
  }

  @Test
  void gzipIsReadAndUnknownMetricsAreKeptWithoutBeingShown() throws Exception {
    Metric unknown = sum("jvm.threads", CUMULATIVE, number(1, 12));
    byte[] plain = request("shop", unknown).toByteArray();
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(plain);
    }

    assertThat(post("/v1/metrics", PROTOBUF, packed.toByteArray(), "gzip")).isEqualTo(200);

    assertThat(store.snapshot().series).isEqualTo(1);
    assertThat(store.snapshot().pools()).isEmpty();
  }

  @Test
  void whatCannotBeReadIsRefusedAndCountsForNothing() throws Exception {
    byte[] garbage = {1, 2, 3};
    assertThat(post("/v1/metrics", PROTOBUF, garbage, "")).isEqualTo(400);
    assertThat(post("/v1/metrics", PROTOBUF, garbage, "gzip")).isEqualTo(400);
    assertThat(post("/v1/metrics", "application/json", garbage, "")).isEqualTo(415);
    assertThat(post("/v1/traces", PROTOBUF, garbage, "")).isEqualTo(404);

    assertThat(store.snapshot().exports).isZero();
    assertThat(table()).containsExactly("Nothing received yet");
  }

  @Test
  void troublesAreToldInWords() throws Exception {
    export(
        request(
            "shop",
            sum("poolwatch.returns", CUMULATIVE, number(1, 0, "poolwatch.outcome", "rejected"))));
    export(
        request(
            "shop",
            sum("poolwatch.returns", CUMULATIVE, number(2, 3, "poolwatch.outcome", "rejected")),
            sum("poolwatch.object.count", CUMULATIVE, number(2, 12, "poolwatch.state", "used")),
            sum("poolwatch.object.limit", CUMULATIVE, number(2, 12, "poolwatch.state", "total"))));

    assertThat(table())
        .contains("   ! all 12 are in use")
        .anySatisfy(line -> assertThat(line).startsWith("   ! 3 returns refused"));
  }

  @Test
  void refusedReturnsThatAreViolationsAreToldOnce() throws Exception {
    export(request("shop", rejected(1, 0), violations(1, 0)));
    export(request("shop", rejected(2, 5), violations(2, 3)));

    assertThat(table())
        .contains("   ! 3 × given back twice")
        .anySatisfy(line -> assertThat(line).startsWith("   ! 2 returns refused"));

    export(request("shop", rejected(2, 5), violations(2, 5)));

    assertThat(table())
        .contains("   ! 5 × given back twice")
        .noneSatisfy(line -> assertThat(line).contains("refused"));
  }

  private static Metric rejected(int second, int count) {
    return sum(
        "poolwatch.returns", CUMULATIVE, number(second, count, "poolwatch.outcome", "rejected"));
  }

  private static Metric violations(int second, int count) {
    return sum(
        "poolwatch.violations",
        CUMULATIVE,
        number(second, count, "poolwatch.violation", "double_return"));
  }

  @Test
  void widerTableHasRoomForTheLongestReasonFirst() throws Exception {
    export(
        request(
            "shop",
            sum(
                "poolwatch.object.removed",
                CUMULATIVE,
                number(1, 9_999, "poolwatch.reason", "not_admitted"))));

    assertThat(new LiveTable(84).lines(store.snapshot(), notes))
        .anySatisfy(line -> assertThat(line).endsWith(" 9999 not_admitted"));
  }

  @Test
  void tableNeverPassesEightyColumns() throws Exception {
    note("a note that is longer than any terminal ".repeat(4));
    export(borrows("a-service-with-quite-a-long-name-for-its-kind", CUMULATIVE, 1, 1, 98_765_432));
    export(borrows("a-service-with-quite-a-long-name-for-its-kind", CUMULATIVE, 2, 9, 198_765_432));

    assertThat(table())
        .hasSizeGreaterThan(4)
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
  }

  @Test
  void noteIsShownAndEndIsHeard() throws Exception {
    assertThat(post("/note", "text/plain", "fault leak is on".getBytes("UTF-8"), ""))
        .isEqualTo(200);
    assertThat(post("/end", "text/plain", new byte[0], "")).isEqualTo(200);

    assertThat(end.await(5, TimeUnit.SECONDS)).isTrue();
    assertThat(table()).contains(" > fault leak is on");
  }

  @Test
  void promotionHasItsColumnsInEightyAndLosesNothingElseInAHundred() throws Exception {
    export(borrows("shop", CUMULATIVE, 1, 900, 100));
    assertThat(table()).noneSatisfy(line -> assertThat(line).contains("GARBAGE"));

    export(request("shop", promotion(2, 1_320)));

    assertThat(table())
        .anySatisfy(line -> assertThat(line).endsWith("  OLD GENERATION"))
        .anySatisfy(line -> assertThat(line).endsWith(" CREATED REMOVED   NOW GARBAGE HELD"))
        .anySatisfy(line -> assertThat(line).endsWith(" 2000    1320   651    1320  85M"))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    assertThat(new LiveTable(100).lines(store.snapshot(), notes))
        .anySatisfy(line -> assertThat(line).endsWith("   NOW GARBAGE HELD REMOVED, MOST"))
        .anySatisfy(line -> assertThat(line).endsWith("   651    1320  85M 1320 capacity"));
  }

  @Test
  void columnsOfWhatWasNotReceivedAreLeftOut() throws Exception {
    export(
        request(
            "shop",
            sum("poolwatch.object.size", CUMULATIVE, number(1, 640, "poolwatch.state", "idle"))));

    assertThat(table())
        .anySatisfy(line -> assertThat(line).endsWith(" REMOVED HELD"))
        .noneSatisfy(line -> assertThat(line).contains("NOW"));
    assertThat(summary())
        .contains("holds       640 B (idle 640 B)")
        .noneSatisfy(line -> assertThat(line).startsWith("promoted"))
        .noneSatisfy(line -> assertThat(line).startsWith("old "))
        .noneSatisfy(line -> assertThat(line).startsWith("avoided"));
  }

  @Test
  void summaryTellsWherePromotedObjectsAreAndWhatTheyHold() throws Exception {
    export(request("shop", promotion(1, 0)));
    export(request("shop", promotion(2, 1_320)));

    assertThat(summary())
        .contains("promoted    1971 (aged 1960, full 11), 98.5 % of those created")
        .contains("old now     651 (idle 1, used 650)")
        .contains("old garbage 1320")
        .contains("holds       85.2 MB (idle 1.0 MB, used 84.2 MB)");
    assertThat(table()).anySatisfy(line -> assertThat(line).startsWith("   ! 1320 became garbage"));
  }

  @Test
  void allocationAvoidedIsToldBySecondsFromTheFirstReportOn() throws Exception {
    export(request("shop", avoided(10, 5_000_000)));
    export(request("shop", avoided(30, 155_000_000)));

    assertThat(summary()).contains("avoided     7.5 MB allocated a second");
  }

  @Test
  void allocationAvoidedThatIsToldLaterThanTheBorrowsIsOfAllTheirTime() throws Exception {
    export(borrows("shop", CUMULATIVE, 1, 0, 1));
    export(request("shop", avoided(11, 20_000_000)));
    export(borrows("shop", CUMULATIVE, 21, 600, 1));
    export(request("shop", avoided(21, 60_000_000)));

    assertThat(summary()).contains("avoided     3.0 MB allocated a second");
  }

  private static Metric avoided(int second, long bytes) {
    return sum(
        "poolwatch.allocation.avoided",
        CUMULATIVE,
        number(second, bytes, "poolwatch.pool.object.type", "Page"));
  }

  private static Metric[] promotion(int second, int removedOld) {
    String state = "poolwatch.state";
    return new Metric[] {
      sum("poolwatch.object.created", CUMULATIVE, number(second, 2_000, "x", "y")),
      sum(
          "poolwatch.object.removed",
          CUMULATIVE,
          number(second, 1_320, "poolwatch.reason", "capacity")),
      sum(
          "poolwatch.promotions",
          CUMULATIVE,
          number(second, 1_960, "poolwatch.promotion.kind", "aged"),
          number(second, 11, "poolwatch.promotion.kind", "full"),
          number(second, 0, "poolwatch.promotion.kind", "born_old")),
      sum(
          "poolwatch.tenured.count",
          CUMULATIVE,
          number(second, 1, state, "idle"),
          number(second, 650, state, "used")),
      sum("poolwatch.tenured.removed", CUMULATIVE, number(second, removedOld, "x", "y")),
      sum(
          "poolwatch.object.size",
          CUMULATIVE,
          number(second, 1_000_000, state, "idle"),
          number(second, 84_200_000, state, "used"))
    };
  }

  @Test
  void collectionsAreToldForTheTimeBeforeANoteAndAfterIt() throws Exception {
    export(request("shop", collections(1, 40, 1)));
    export(request("shop", collections(21, 42, 1)));
    assertThat(summary()).contains("in all      6.0 young a minute, 0 full in 20 s");

    note("fault captured is on");
    export(request("shop", collections(51, 67, 3)));

    assertThat(table()).contains("shop: 0 young and 0 full collections in 10 s");
    assertThat(summary())
        .containsSubsequence(
            "fault captured is on",
            "shop · collections",
            "before      6.0 young a minute, 0 full in 20 s",
            "after       50.0 young a minute, 2 full in 30 s");
  }

  private static Metric collections(int second, int young, int full) {
    return sum(
        "poolwatch.agent.collections",
        CUMULATIVE,
        ofNoPool(second, young, "poolwatch.collection", "young"),
        ofNoPool(second, full, "poolwatch.collection", "full"));
  }

  private PoolFigures onlyPool() {
    List<PoolFigures> pools = store.snapshot().pools();
    assertThat(pools).hasSize(1);
    return pools.get(0);
  }

  private void note(String text) {
    notes.add(new Note(text, store.snapshot()));
  }

  private List<String> table() {
    return new LiveTable(80).lines(store.snapshot(), notes);
  }

  private List<String> summary() {
    List<String> lines = new ArrayList<>();
    Summary.lines(store.snapshot(), notes).forEach(line -> lines.add(line.strip()));
    return lines;
  }

  private void export(ExportMetricsServiceRequest request) throws Exception {
    assertThat(post("/v1/metrics", PROTOBUF, request.toByteArray(), "")).isEqualTo(200);
  }

  private int post(String path, String type, byte[] body, String encoding) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + endpoint.port() + path))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(body));
    if (!encoding.isEmpty()) {
      request.header("Content-Encoding", encoding);
    }
    return http.send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  private static ExportMetricsServiceRequest borrows(
      String service, AggregationTemporality temporality, int second, long hits, long misses) {
    return request(
        service,
        sum(
            "poolwatch.borrows",
            temporality,
            number(second, hits, "poolwatch.outcome", "hit"),
            number(second, misses, "poolwatch.outcome", "miss")));
  }

  private static ExportMetricsServiceRequest request(String service, Metric... metrics) {
    return ExportMetricsServiceRequest.newBuilder()
        .addResourceMetrics(
            ResourceMetrics.newBuilder()
                .setResource(Resource.newBuilder().addAttributes(text("service.name", service)))
                .addScopeMetrics(ScopeMetrics.newBuilder().addAllMetrics(List.of(metrics))))
        .build();
  }

  private static Metric sum(
      String name, AggregationTemporality temporality, NumberDataPoint... points) {
    return Metric.newBuilder()
        .setName(name)
        .setSum(
            Sum.newBuilder()
                .setAggregationTemporality(temporality)
                .setIsMonotonic(!name.matches(".*\\.(count|limit|size)"))
                .addAllDataPoints(List.of(points)))
        .build();
  }

  /** A number of the pool "connections"; without further attributes, of no pool. */
  private static NumberDataPoint number(int second, long value, String... attribute) {
    NumberDataPoint.Builder point =
        NumberDataPoint.newBuilder().setTimeUnixNano(second * 1_000_000_000L).setAsInt(value);
    if (attribute.length > 0) {
      point
          .addAttributes(text("poolwatch.pool.name", "connections"))
          .addAttributes(text("poolwatch.pool.system", "commons_pool2"))
          .addAttributes(text(attribute[0], attribute[1]));
    }
    return point.build();
  }

  private static NumberDataPoint ofNoPool(int second, long value, String key, String text) {
    return number(second, value).toBuilder().addAttributes(text(key, text)).build();
  }

  private static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }
}
