package io.poolwatch.agent.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.poolwatch.fork.Matrix;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exports of a forked service, to receivers in processes of their own. */
class ExportIT {
  private static final String HITS =
      "poolwatch.borrows{poolwatch.outcome:hit,poolwatch.pool.name:the pool,"
          + "poolwatch.pool.system:test_system}";
  private static final String MISSES = HITS.replace(":hit,", ":miss,");
  private static final String DURATIONS =
      "poolwatch.borrow.duration{poolwatch.pool.name:the pool,poolwatch.pool.system:test_system}";

  private static Map<String, String> otlp(int port, String... more) {
    Map<String, String> environment = new HashMap<>();
    environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + port);
    environment.put("OTEL_METRIC_EXPORT_INTERVAL", "200");
    environment.put("OTEL_EXPORTER_OTLP_TIMEOUT", "2000");
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    return environment;
  }

  private static ChildProcess service(Map<String, String> environment) throws Exception {
    ChildProcess service = ChildProcess.start(WatchedService.class, environment);
    service.await("READY");
    return service;
  }

  private static void borrow(ChildProcess service, int times) throws Exception {
    service.order("borrow " + times);
    service.await("DONE");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Map<String, Double> received(ChildProcess receiver) throws Exception {
    receiver.order("?");
    Map<String, Double> values = new HashMap<>();
    for (String line = receiver.next(); !line.isEmpty(); line = receiver.next()) {
      int split = line.lastIndexOf(" = ");
      values.put(line.substring(0, split), Double.valueOf(line.substring(split + 3)));
    }
    return values;
  }

  /** All borrows but the first are hits, and each of them was timed. */
  private static void awaitBorrows(ChildProcess receiver, double borrows) {
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(
            () ->
                assertThat(received(receiver))
                    .containsEntry(HITS, borrows - 1)
                    .containsEntry(DURATIONS + " count", borrows));
  }

  @ParameterizedTest
  @CsvSource({"http, http/protobuf", "grpc, grpc"})
  void standardVariablesDecideWhereAndHow(String kind, String protocol) throws Exception {
    try (ChildProcess receiver = ChildProcess.start(TestReceiver.class, Map.of(), kind, "0")) {
      int port = Integer.parseInt(receiver.next());
      Map<String, String> environment =
          otlp(
              port,
              "OTEL_EXPORTER_OTLP_PROTOCOL",
              protocol,
              "OTEL_SERVICE_NAME",
              "shop",
              "OTEL_RESOURCE_ATTRIBUTES",
              "release=canary",
              "OTEL_EXPORTER_OTLP_HEADERS",
              "x-team=pools",
              "OTEL_EXPORTER_OTLP_COMPRESSION",
              "gzip",
              // The first of gRPC may take its time on a busy machine.
              "OTEL_EXPORTER_OTLP_TIMEOUT",
              "10000",
              // For the service's own SDK, with parts that ours has not.
              "OTEL_TRACES_EXPORTER",
              "zipkin",
              "OTEL_LOGS_EXPORTER",
              "otlp",
              "OTEL_PROPAGATORS",
              "b3multi",
              "OTEL_TRACES_SAMPLER",
              "xray");
      try (ChildProcess service = service(environment)) {
        borrow(service, 1001);
        awaitBorrows(receiver, 1001);
        service.order("exit");
        service.awaitExitMillis();
        Map<String, Double> values = received(receiver);
        assertThat(values)
            .containsEntry(MISSES, 1.0)
            .containsEntry(DURATIONS + " count", 1001.0)
            .containsKey("resource {release:canary,service.name:shop}")
            .containsKey("scope io.poolwatch");
        assertThat(values.keySet()).noneMatch(key -> key.startsWith("otlp."));
        assertThat(values.keySet().stream().filter(key -> key.startsWith("scope "))).hasSize(1);
        if (kind.equals("http")) {
          assertThat(values.keySet())
              .contains("path /v1/metrics", "gzip true", "header pools")
              .doesNotContain("gzip false");
        }
        assertThat(service.output()).noneMatch(line -> line.startsWith("WARN "));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"away, cumulative", "refuse, delta", "garbage, cumulative", "silent, delta"})
  void nothingCountedIsLostWhileTheReceiverIsInTrouble(String trouble, String temporality)
      throws Exception {
    int port = freePort();
    Map<String, String> environment =
        otlp(
            port,
            "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE",
            temporality,
            // A batch whose answer comes too late is sent again, and its deltas count twice.
            "OTEL_EXPORTER_OTLP_TIMEOUT",
            "6000");
    ChildProcess receiver = null;
    if (!trouble.equals("away")) {
      receiver = ChildProcess.start(TestReceiver.class, Map.of(), trouble, "" + port);
      receiver.next();
    }
    try (ChildProcess service = service(environment)) {
      borrow(service, 101);
      service.awaitAnywhere("WARN metrics cannot be exported");
      borrow(service, 200);
      if (receiver != null) {
        receiver.close();
      }
      receiver = ChildProcess.start(TestReceiver.class, Map.of(), "http", "" + port);
      receiver.next();
      service.awaitAnywhere("INFO metrics are exported again");
      borrow(service, 300);

      awaitBorrows(receiver, 601);

      Map<String, Double> values = received(receiver);
      assertThat(values).containsEntry(MISSES, 1.0);
      assertThat(values).containsEntry(DURATIONS + " buckets", 601.0);
      assertThat(values.containsKey("delta")).isEqualTo(temporality.equals("delta"));
      assertThat(values.get("poolwatch.agent.exports{poolwatch.outcome:failure}")).isPositive();
      assertThat(service.output())
          .filteredOn(line -> line.startsWith("WARN ") || line.startsWith("INFO "))
          .hasSize(2);
    } finally {
      if (receiver != null) {
        receiver.close();
      }
    }
  }

  @ParameterizedTest
  @Matrix("the other half of these")
  @CsvSource({"refuse, cumulative", "silent, cumulative", "away, delta"})
  void nothingCountedIsLostEitherWay(String trouble, String temporality) throws Exception {
    nothingCountedIsLostWhileTheReceiverIsInTrouble(trouble, temporality);
  }

  @ParameterizedTest
  @CsvSource({"away, delta", "silent, delta"})
  void memoryStaysFlatWhileNobodyAnswers(String trouble, String temporality) throws Exception {
    try (ChildProcess receiver =
        ChildProcess.start(
            TestReceiver.class, Map.of(), trouble.equals("away") ? "http" : trouble, "0")) {
      String port = receiver.next();
      if (trouble.equals("away")) {
        receiver.close();
      }
      Map<String, String> environment =
          otlp(
              Integer.parseInt(port),
              "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE",
              temporality,
              "OTEL_METRIC_EXPORT_INTERVAL",
              "10",
              "OTEL_EXPORTER_OTLP_TIMEOUT",
              "10");
      try (ChildProcess service = service(environment)) {
        long before = bytesAfterFailures(service, 40);
        long after = bytesAfterFailures(service, 240);
        // Two hundred exports kept as deltas were 790 kB when that was planted.
        assertThat(after - before).isLessThan(400_000);
      }
    }
  }

  @Test
  @Matrix("deltas are what might be kept")
  void memoryStaysFlatWhileNobodyTakesTotals() throws Exception {
    memoryStaysFlatWhileNobodyAnswers("away", "cumulative");
  }

  private static long bytesAfterFailures(ChildProcess service, int failures) throws Exception {
    service.order("fail " + failures);
    return Long.parseLong(service.await("BYTES ").substring("BYTES ".length()));
  }

  @Test
  void theLastExportHappensAtExit() throws Exception {
    try (ChildProcess receiver = ChildProcess.start(TestReceiver.class, Map.of(), "http", "0")) {
      int port = Integer.parseInt(receiver.next());
      try (ChildProcess service = service(otlp(port, "OTEL_METRIC_EXPORT_INTERVAL", "3600000"))) {
        service.awaitAnywhere("STARTED");
        borrow(service, 51);
        service.order("exit");
        service.awaitExitMillis();
        assertThat(received(receiver)).containsEntry(HITS, 50.0).containsEntry("batches", 1.0);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"silent", "refuse", "garbage", "away"})
  void exitIsBoundedWhoeverDoesNotAnswer(String trouble) throws Exception {
    int port = freePort();
    try (ChildProcess receiver =
        ChildProcess.start(
            TestReceiver.class,
            Map.of(),
            trouble.equals("away") ? "http" : trouble,
            trouble.equals("away") ? "0" : "" + port)) {
      receiver.next();
      try (ChildProcess service = service(otlp(port, "OTEL_EXPORTER_OTLP_TIMEOUT", "60000"))) {
        service.awaitAnywhere("STARTED");
        borrow(service, 5);
        service.order("exit");
        // Two seconds are ours; the rest is the JVM's own end on a busy machine.
        assertThat(service.awaitExitMillis()).isLessThan(4_000);
      }
    }
  }

  @Test
  void prometheusScrapesOnTheLoopbackAddressAndTheServiceEnds() throws Exception {
    int port = freePort();
    Map<String, String> environment =
        Map.of("OTEL_METRICS_EXPORTER", "prometheus", "OTEL_EXPORTER_PROMETHEUS_PORT", "" + port);
    try (ChildProcess service = service(environment)) {
      service.awaitAnywhere("STARTED");
      borrow(service, 11);
      HttpResponse<String> page =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(page.body())
          .containsPattern("poolwatch_borrows_total\\{[^}]*poolwatch_outcome=\"hit\"[^}]*} 10\\.0")
          .containsPattern("poolwatch_borrow_duration_seconds_count\\{[^}]*} \\d+");
      service.order("exit");
      assertThat(service.awaitExitMillis()).isLessThan(4_000);
    }
  }

  @Test
  void aPortInUseIsNamedAndTheFiguresGoToTheLog() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      int port = taken.getLocalPort();
      Map<String, String> environment =
          Map.of("OTEL_METRICS_EXPORTER", "prometheus", "OTEL_EXPORTER_PROMETHEUS_PORT", "" + port);
      try (ChildProcess service = service(environment)) {
        assertThat(service.awaitAnywhere("WARN "))
            .contains("OTEL_EXPORTER_PROMETHEUS_PORT (now " + port + ")");
        borrow(service, 5);
        service.awaitAnywhere("INFO pools so far:");
        service.order("exit");
        service.awaitAnywhere("INFO pools at exit:");
        service.awaitExitMillis();
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OTEL_EXPORTER_OTLP_PROTOCOL | thrift",
        "OTEL_EXPORTER_OTLP_ENDPOINT | localhost:4318",
        "OTEL_EXPORTER_OTLP_HEADERS | nothing",
        "OTEL_EXPORTER_OTLP_CERTIFICATE | /no/such/file.pem",
        "OTEL_EXPORTER_OTLP_CERTIFICATE | pom.xml",
        "OTEL_METRICS_EXPORTER | zipkin",
        "OTEL_METRIC_EXPORT_INTERVAL | often",
      })
  void aSettingThatCannotBeFollowedIsNamedInOneLine(String variable, String value)
      throws Exception {
    Map<String, String> environment = otlp(1);
    environment.put(variable, value);
    try (ChildProcess service = service(environment)) {
      assertThat(service.awaitAnywhere("WARN ")).contains(variable);
      borrow(service, 5);
      service.order("exit");
      service.awaitAnywhere("INFO pools at exit:");
      service.awaitExitMillis();
      assertThat(service.output()).filteredOn(line -> line.startsWith("WARN ")).hasSize(1);
    }
  }

  @Test
  void withoutAWishNoSdkIsStarted() throws Exception {
    try (ChildProcess service = service(Map.of("OTEL_SERVICE_NAME", "shop"))) {
      borrow(service, 5);
      service.awaitAnywhere("INFO pools so far:");
      service.order("exit");
      service.awaitAnywhere("INFO pools at exit:");
      service.awaitExitMillis();
      assertThat(service.output()).noneMatch(line -> line.startsWith("WARN "));
    }
  }
}
