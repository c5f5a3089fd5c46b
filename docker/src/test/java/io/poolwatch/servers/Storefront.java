package io.poolwatch.servers;

import io.poolwatch.docker.RepositoryFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The storefront of the examples under the packaged agent, with load on it, as in compose.yaml. */
final class Storefront implements AutoCloseable {
  // The factory's name says what it does for a fault, not what it makes.
  private static final String NAMES = "name.*.DeepCheckingFactory=UpstreamConnection";

  private final ServerProcess service;
  private final ServerProcess load;
  private final String url;

  private Storefront(ServerProcess service, ServerProcess load, String url) {
    this.service = service;
    this.load = load;
    this.url = url;
  }

  /** Starts both. */
  static Storefront start(String name, int requestsPerSecond, Map<String, String> settings)
      throws IOException {
    int port = FreePorts.next();
    List<String> command =
        java("-Xmx128m", "-javaagent:" + built("agent/target/poolwatch.jar") + "=" + NAMES);
    command.addAll(
        List.of("io.poolwatch.examples.fault.FaultyStorefront", "--port", String.valueOf(port)));
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("OTEL_SERVICE_NAME", name);
    environment.put(
        "OTEL_RESOURCE_ATTRIBUTES", "service.version=1,service.instance.id=" + name + "-1");
    ServerProcess service = ServerProcess.start(name, command, environment);
    String url = "http://127.0.0.1:" + port;
    service.awaitReady(url + "/health");
    List<String> customers = java("-Xmx64m");
    customers.addAll(
        List.of(
            "io.poolwatch.examples.load.LoadGenerator",
            "--url",
            url,
            "--rate",
            String.valueOf(requestsPerSecond),
            "--seconds",
            "86400"));
    return new Storefront(service, ServerProcess.start(name + "-load", customers, Map.of()), url);
  }

  private static List<String> java(String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", built("examples/target/poolwatch-examples.jar")));
    return command;
  }

  private static String built(String path) {
    Path file = RepositoryFiles.file(path);
    if (!file.toFile().exists()) {
      throw new AssertionError("Not built: " + file);
    }
    return file.toString();
  }

  /** Switches a mistake of the storefront's on or off. */
  void fault(String name, boolean on) throws IOException, InterruptedException {
    int status = Http.postJson(url + "/admin/faults/" + name + "?on=" + on, "");
    if (status != 200) {
      throw new AssertionError(name + ": " + status);
    }
  }

  @Override
  public void close() {
    load.close();
    service.close();
  }
}
