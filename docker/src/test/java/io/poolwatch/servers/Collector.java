package io.poolwatch.servers;

import io.poolwatch.docker.RepositoryFiles;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The real collector with {@code docker/otel-collector.yaml}, on ports of its own. */
final class Collector implements AutoCloseable {
  private final ServerProcess process;
  private final int grpcPort;
  private final int httpPort;

  private Collector(ServerProcess process, int grpcPort, int httpPort) {
    this.process = process;
    this.grpcPort = grpcPort;
    this.httpPort = httpPort;
  }

  /** Starts one that forwards metrics to {@code metricsEndpoint}, and log records nowhere. */
  static Collector start(String name, String metricsEndpoint, int telemetryPort)
      throws IOException {
    return start(name, metricsEndpoint, "http://127.0.0.1:1/never", telemetryPort);
  }

  /** Starts one that forwards metrics and log records. */
  static Collector start(
      String name, String metricsEndpoint, String logsEndpoint, int telemetryPort)
      throws IOException {
    int grpcPort = FreePorts.next();
    int httpPort = FreePorts.next();
    ServerProcess process =
        ServerProcess.start(
            name,
            List.of(
                Programs.path("otelcol"),
                "--config=" + RepositoryFiles.file("docker/otel-collector.yaml")),
            Map.of(
                "OTLP_GRPC_LISTEN",
                "127.0.0.1:" + grpcPort,
                "OTLP_HTTP_LISTEN",
                "127.0.0.1:" + httpPort,
                "METRICS_ENDPOINT",
                metricsEndpoint,
                "LOGS_ENDPOINT",
                logsEndpoint,
                "TELEMETRY_HOST",
                "127.0.0.1",
                "TELEMETRY_PORT",
                String.valueOf(telemetryPort)));
    process.awaitListening(grpcPort).awaitListening(httpPort);
    return new Collector(process, grpcPort, httpPort);
  }

  String endpoint(String protocol) {
    return "http://127.0.0.1:" + (protocol.equals("grpc") ? grpcPort : httpPort);
  }

  @Override
  public void close() {
    process.close();
  }
}
