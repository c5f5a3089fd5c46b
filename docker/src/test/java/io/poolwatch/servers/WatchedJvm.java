package io.poolwatch.servers;

import io.poolwatch.docker.RepositoryFiles;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.pool2.impl.GenericObjectPool;

/** A service in a JVM of its own under the packaged agent, which tells its pool's own counts. */
final class WatchedJvm implements AutoCloseable {
  private static final Pattern COUNTS =
      Pattern.compile("counts borrowed=(\\d+) returned=(\\d+) created=(\\d+) destroyed=(\\d+)");

  private final ServerProcess process;
  private final BufferedReader output;

  private WatchedJvm(ServerProcess process) {
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.output(), StandardCharsets.UTF_8));
  }

  /** What the pool itself counted. */
  static final class Counts {
    final long borrowed;
    final long returned;
    final long created;
    final long destroyed;

    private Counts(Matcher told) {
      borrowed = Long.parseLong(told.group(1));
      returned = Long.parseLong(told.group(2));
      created = Long.parseLong(told.group(3));
      destroyed = Long.parseLong(told.group(4));
    }
  }

  static WatchedJvm start(
      String name, Class<?> main, List<String> arguments, Map<String, String> telemetry)
      throws IOException {
    Path agent = RepositoryFiles.file("agent/target/poolwatch.jar");
    if (!Files.exists(agent)) {
      throw new AssertionError("Not built: " + agent);
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-javaagent:" + agent);
    command.add("-cp");
    command.add(serviceClassPath());
    command.add(main.getName());
    command.addAll(arguments);
    Map<String, String> environment = new HashMap<>(telemetry);
    environment.put("OTEL_SERVICE_NAME", name);
    environment.put(
        "OTEL_RESOURCE_ATTRIBUTES", "service.version=1,service.instance.id=" + name + "-1");
    return new WatchedJvm(ServerProcess.startForOutput(name, command, environment));
  }

  /** What the tests see, without poolwatch and OpenTelemetry: a service knows neither. */
  static String serviceClassPath() {
    String ours = RepositoryFiles.file("").toString();
    String tests = Path.of("target", "test-classes").toAbsolutePath().toString();
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.contains("opentelemetry"))
        .filter(entry -> !entry.startsWith(ours) || entry.startsWith(tests))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Called in the service: prints the pool's own statistics and waits to be let go. */
  static void tellCountsAndWait(GenericObjectPool<?> pool) throws IOException {
    System.out.printf(
        "counts borrowed=%d returned=%d created=%d destroyed=%d%n",
        pool.getBorrowedCount(),
        pool.getReturnedCount(),
        pool.getCreatedCount(),
        pool.getDestroyedCount());
    if (System.in.read() >= 0) {
      throw new IllegalStateException("nothing is ever said to the service");
    }
  }

  /** Waits until the work is done; the service stays until {@link #letGo}. */
  Counts awaitCounts() {
    try {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        Matcher told = COUNTS.matcher(line);
        if (told.matches()) {
          return new Counts(told);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new AssertionError("The service ended without its counts: " + process.logText());
  }

  /** Waits until the service says a line that begins so. */
  String awaitLine(String beginning) {
    try {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith(beginning)) {
          return line;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new AssertionError("The service ended without a word: " + process.logText());
  }

  /** Lets the service end by itself and waits for that. */
  void letGo() throws IOException, InterruptedException {
    process.input().close();
    int exitCode = process.awaitEnd();
    if (exitCode != 0) {
      throw new AssertionError("The service ended with " + exitCode + ": " + process.logText());
    }
  }

  /** What the service and the agent wrote to standard error so far. */
  String log() {
    return process.logText();
  }

  @Override
  public void close() {
    process.close();
  }
}
