package io.poolwatch.servers;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A process that runs until it is closed, with its standard error, and its output where nobody
 * reads that, in {@code target/servers}. One thread at a time.
 */
final class ServerProcess implements AutoCloseable {
  private static final Path LOGS = Path.of("target", "servers");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String name;
  private final Process process;
  private final Path log;

  private ServerProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /** Starts a server whose output nobody reads. */
  static ServerProcess start(String name, List<String> command, Map<String, String> environment)
      throws IOException {
    return start(name, command, environment, true);
  }

  /** Starts a process whose standard output is read through {@link #output()}. */
  static ServerProcess startForOutput(
      String name, List<String> command, Map<String, String> environment) throws IOException {
    return start(name, command, environment, false);
  }

  private static ServerProcess start(
      String name, List<String> command, Map<String, String> environment, boolean outputToLog)
      throws IOException {
    Files.createDirectories(LOGS);
    Path log = LOGS.resolve(name + ".log");
    ProcessBuilder builder = new ProcessBuilder(command);
    // Nothing of the build's own environment must steer what the test starts.
    builder
        .environment()
        .keySet()
        .removeIf(key -> key.startsWith("OTEL_") || key.startsWith("JAVA_TOOL"));
    builder.environment().putAll(environment);
    if (outputToLog) {
      builder.redirectErrorStream(true).redirectOutput(log.toFile());
    } else {
      builder.redirectError(log.toFile());
    }
    return new ServerProcess(name, builder.start(), log);
  }

  /** Waits until {@code ready} answers with status 200. */
  ServerProcess awaitReady(String ready) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              failIfDead();
              return Http.answers(ready);
            });
    return this;
  }

  /** Waits until something listens on {@code port}. */
  ServerProcess awaitListening(int port) {
    try {
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(100))
          .until(
              () -> {
                failIfDead();
                return Http.listens(port);
              });
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(name + " does not listen on " + port + ": " + logText(), e);
    }
    return this;
  }

  private void failIfDead() {
    if (!process.isAlive()) {
      throw new AssertionError(name + " ended with " + process.exitValue() + ": " + logText());
    }
  }

  String logText() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return "no log: " + e;
    }
  }

  InputStream output() {
    return process.getInputStream();
  }

  OutputStream input() {
    return process.getOutputStream();
  }

  /** Waits for the process to end by itself. */
  int awaitEnd() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError(name + " does not end: " + logText());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
