package io.poolwatch.agent.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged jar under a service with a real pool, and a receiver in a third process. */
class PackagedExportIT {
  /** What of the pooled classes is guarded is told at the end, whoever gets the figures. */
  private static final Predicate<String> COVERAGE =
      line -> line.contains(" INFO guarded against use after return: ");

  private static ChildProcess service(int port, String protocol) throws Exception {
    String classes = location(PooledService.class) + File.pathSeparator;
    List<String> jvm =
        List.of(
            "-Xmx64m",
            "-javaagent:" + System.getProperty("poolwatch.jar"),
            "-cp",
            classes + location(GenericObjectPool.class));
    Map<String, String> environment =
        Map.of(
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            "http://127.0.0.1:" + port,
            "OTEL_EXPORTER_OTLP_PROTOCOL",
            protocol,
            "OTEL_METRIC_EXPORT_INTERVAL",
            "300",
            "OTEL_SERVICE_NAME",
            "packaged");
    ChildProcess service = ChildProcess.start(jvm, PooledService.class, environment);
    service.await("READY");
    return service;
  }

  private static String location(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  private static double sum(ChildProcess receiver, String metric, String attribute)
      throws Exception {
    double sum = 0;
    receiver.order("?");
    Map<String, Double> values = new HashMap<>();
    for (String line = receiver.next(); !line.isEmpty(); line = receiver.next()) {
      int split = line.lastIndexOf(" = ");
      values.put(line.substring(0, split), Double.valueOf(line.substring(split + 3)));
    }
    for (Map.Entry<String, Double> value : values.entrySet()) {
      if (value.getKey().startsWith(metric + "{") && value.getKey().contains(attribute)) {
        sum += value.getValue();
      }
    }
    return sum;
  }

  private static void awaitSum(ChildProcess receiver, String attribute, double expected) {
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(
            () -> assertThat(sum(receiver, "poolwatch.borrows", attribute)).isEqualTo(expected));
  }

  @ParameterizedTest
  @CsvSource({"http, http/protobuf", "grpc, grpc"})
  void aRealPoolIsExportedToTheUnit(String kind, String protocol) throws Exception {
    try (ChildProcess receiver = ChildProcess.start(TestReceiver.class, Map.of(), kind, "0")) {
      int port = Integer.parseInt(receiver.next());
      try (ChildProcess service = service(port, protocol)) {
        service.order("borrow 20001");
        service.await("DONE");
        awaitSum(receiver, "poolwatch.outcome:hit", 20_000);
        service.order("exit");
        service.awaitExitMillis();
        assertThat(sum(receiver, "poolwatch.borrows", "poolwatch.outcome:miss")).isEqualTo(1);
        assertThat(sum(receiver, "poolwatch.agent.classes.woven", "commons_pool2")).isPositive();
        assertThat(service.output()).hasSize(3).contains("READY", "DONE").anyMatch(COVERAGE);
      }
    }
  }

  @Test
  void aReceiverThatWasAwayCostsTwoLinesAndNoCount() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    try (ChildProcess service = service(port, "http/protobuf")) {
      service.order("borrow 101");
      service.await("DONE");
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> service.output().stream().anyMatch(l -> l.contains("cannot be exported")));
      try (ChildProcess receiver =
          ChildProcess.start(TestReceiver.class, Map.of(), "http", "" + port)) {
        receiver.next();
        awaitSum(receiver, "poolwatch.outcome:hit", 100);
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> service.output().stream().anyMatch(l -> l.contains("exported again")));
        service.order("exit");
        service.awaitExitMillis();
        assertThat(service.output()).anyMatch(COVERAGE);
        assertThat(service.output()).filteredOn(line -> line.contains("[poolwatch]")).hasSize(3);
        assertThat(service.output()).hasSize(5);
      }
    }
  }
}
