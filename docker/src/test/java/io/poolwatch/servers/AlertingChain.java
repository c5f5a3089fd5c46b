package io.poolwatch.servers;

import com.fasterxml.jackson.databind.JsonNode;
import io.poolwatch.docker.RepositoryFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** vmalert with our rules, asking a store, and a real Alertmanager with our configuration. */
final class AlertingChain implements AutoCloseable {
  private final ServerProcess alertmanager;
  private final ServerProcess evaluator;
  private final String alertmanagerUrl;

  private AlertingChain(
      ServerProcess alertmanager, ServerProcess evaluator, String alertmanagerUrl) {
    this.alertmanager = alertmanager;
    this.evaluator = evaluator;
    this.alertmanagerUrl = alertmanagerUrl;
  }

  static AlertingChain start(String name, MetricsStore store, String rules, Path data)
      throws IOException {
    int port = FreePorts.next();
    String url = "http://127.0.0.1:" + port;
    ServerProcess alertmanager =
        ServerProcess.start(
            name + "-alertmanager",
            List.of(
                Programs.path("alertmanager"),
                "--config.file=" + RepositoryFiles.file("docker/alertmanager/alertmanager.yml"),
                "--storage.path=" + data.resolve("alertmanager"),
                "--web.listen-address=127.0.0.1:" + port,
                "--cluster.listen-address="),
            Map.of());
    alertmanager.awaitReady(url + "/-/ready");
    int evaluatorPort = FreePorts.next();
    ServerProcess evaluator =
        ServerProcess.start(
            name + "-vmalert",
            List.of(
                Programs.path("vmalert"),
                "-rule=" + RepositoryFiles.file(rules),
                "-datasource.url=" + store.url(),
                "-notifier.url=" + url,
                "-httpListenAddr=127.0.0.1:" + evaluatorPort,
                // Prometheus evaluates up to this moment; vmalert waits for 30 s unless told.
                "-rule.evalDelay=0s"),
            Map.of());
    evaluator.awaitReady("http://127.0.0.1:" + evaluatorPort + "/health");
    return new AlertingChain(alertmanager, evaluator, url);
  }

  /** The labels of the alerts of that name that stand in Alertmanager now, by pool. */
  Map<String, JsonNode> alerts(String name) throws IOException, InterruptedException {
    Map<String, JsonNode> alerts = new LinkedHashMap<>();
    String filter = Http.encoded("alertname=\"" + name + "\"");
    for (JsonNode alert : Http.getJson(alertmanagerUrl + "/api/v2/alerts?filter=" + filter)) {
      alerts.put(alert.at("/labels/poolwatch_pool_name").asText(), alert);
    }
    return alerts;
  }

  @Override
  public void close() {
    evaluator.close();
    alertmanager.close();
  }
}
