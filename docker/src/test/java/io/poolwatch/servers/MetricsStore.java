package io.poolwatch.servers;

import com.fasterxml.jackson.databind.JsonNode;
import io.poolwatch.docker.RepositoryFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A real Prometheus or VictoriaMetrics, which answers PromQL. */
final class MetricsStore implements AutoCloseable {
  private final ServerProcess process;
  private final String url;
  private final String otlpEndpoint;

  private MetricsStore(ServerProcess process, String url, String otlpEndpoint) {
    this.process = process;
    this.url = url;
    this.otlpEndpoint = otlpEndpoint;
  }

  /** Prometheus, which scrapes and takes no OTLP: Debian builds it without that receiver. */
  static MetricsStore prometheus(String name, String config, Path data) throws IOException {
    int port = FreePorts.next();
    Path file = data.resolve("prometheus.yml");
    Files.writeString(file, config.replace("127.0.0.1:9090", "127.0.0.1:" + port));
    ServerProcess process =
        ServerProcess.start(
            name,
            List.of(
                Programs.path("prometheus"),
                "--config.file=" + file,
                "--storage.tsdb.path=" + data.resolve("tsdb"),
                "--web.listen-address=127.0.0.1:" + port),
            Map.of());
    String url = "http://127.0.0.1:" + port;
    return new MetricsStore(process.awaitReady(url + "/-/ready"), url, url + "/no-otlp");
  }

  /**
   * Prometheus with its OTLP receiver, as compose.yaml starts it: the flags there, our
   * configuration and rules.
   *
   * @param alertmanager host and port that alerts are sent to
   */
  static MetricsStore prometheusOfCompose(String name, String alertmanager, Path data)
      throws IOException {
    int port = FreePorts.next();
    Path file = data.resolve("prometheus.yml");
    String rules = RepositoryFiles.file("docker/prometheus/rules").toString();
    Files.writeString(
        file,
        Files.readString(RepositoryFiles.file("docker/prometheus/prometheus.yml"))
            .replace("/etc/prometheus/rules", rules)
            .replace("alertmanager:9093", alertmanager)
            .replace("127.0.0.1:9090", "127.0.0.1:" + port));
    List<String> command = new ArrayList<>();
    command.add(Programs.path("prometheus-otlp"));
    for (JsonNode flag :
        RepositoryFiles.yaml("docker/compose.yaml").at("/services/prometheus/command")) {
      command.add(
          flag.asText()
              .replace("=/etc/prometheus/prometheus.yml", "=" + file)
              .replace("=/prometheus", "=" + data.resolve("tsdb")));
    }
    command.add("--web.listen-address=127.0.0.1:" + port);
    String url = "http://127.0.0.1:" + port;
    ServerProcess process = ServerProcess.start(name, command, Map.of());
    return new MetricsStore(process.awaitReady(url + "/-/ready"), url, url + "/api/v1/otlp");
  }

  /** VictoriaMetrics with the names that Prometheus gives. */
  static MetricsStore victoriaMetrics(String name, Path data) throws IOException {
    return victoriaMetrics(name, data, "-opentelemetry.usePrometheusNaming");
  }

  /**
   * VictoriaMetrics with names as Prometheus makes them without suffixes. It knows no such
   * strategy, so that relabelling does it: dots become underscores, and that is all.
   */
  static MetricsStore withoutSuffixes(String name, Path data) throws IOException {
    Files.createDirectories(data);
    Path relabel = data.resolve("relabel.yml");
    Files.writeString(
        relabel,
        "- {action: replace_all, source_labels: [__name__], target_label: __name__,"
            + " regex: '\\.', replacement: '_'}\n"
            + "- {action: labelmap_all, regex: '\\.', replacement: '_'}\n");
    return victoriaMetrics(name, data, "-relabelConfig=" + relabel);
  }

  private static MetricsStore victoriaMetrics(String name, Path data, String naming)
      throws IOException {
    int port = FreePorts.next();
    ServerProcess process =
        ServerProcess.start(
            name,
            List.of(
                Programs.path("victoria-metrics"),
                "-storageDataPath=" + data.resolve("storage"),
                "-httpListenAddr=127.0.0.1:" + port,
                naming,
                "-search.latencyOffset=0s"),
            Map.of());
    String url = "http://127.0.0.1:" + port;
    return new MetricsStore(process.awaitReady(url + "/health"), url, url + "/opentelemetry");
  }

  /** Where it answers. */
  String url() {
    return url;
  }

  /** What an OTLP/HTTP exporter appends {@code /v1/metrics} to. */
  String otlpEndpoint() {
    return otlpEndpoint;
  }

  /** The names of all series that begin with {@code poolwatch_}. */
  Set<String> poolwatchNames() throws IOException, InterruptedException {
    Set<String> names = new TreeSet<>();
    for (JsonNode name : Http.getJson(url + "/api/v1/label/__name__/values").path("data")) {
      if (name.asText().startsWith("poolwatch_")) {
        names.add(name.asText());
      }
    }
    return names;
  }

  /** The labels of one of the series with that name. */
  Map<String, String> labelsOf(String series) throws IOException, InterruptedException {
    Map<String, String> labels = new LinkedHashMap<>();
    JsonNode metric = query(series).path(0).path("metric");
    metric.fieldNames().forEachRemaining(label -> labels.put(label, metric.path(label).asText()));
    return labels;
  }

  /** The values that an expression has now; empty where it has none. */
  double[] values(String expression) throws IOException, InterruptedException {
    JsonNode result = query(expression);
    double[] values = new double[result.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Double.parseDouble(result.path(i).path("value").path(1).asText());
    }
    return values;
  }

  /** The one value that an expression has, or NaN where it has none yet. */
  double value(String expression) throws IOException, InterruptedException {
    double[] values = values(expression);
    if (values.length > 1) {
      throw new AssertionError(expression + " has " + values.length + " values");
    }
    return values.length == 0 ? Double.NaN : values[0];
  }

  private JsonNode query(String expression) throws IOException, InterruptedException {
    return Http.getJson(url + "/api/v1/query?query=" + Http.encoded(expression)).at("/data/result");
  }

  @Override
  public void close() {
    process.close();
  }
}
