package io.poolwatch.agent.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.fork.ForkedJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A forked JVM that runs a main class of these tests; ended with the test. */
final class ChildProcess implements AutoCloseable {
  private final Process process;
  private final PrintStream orders;
  private final BlockingQueue<String> unread = new LinkedBlockingQueue<>();
  private final List<String> output = new ArrayList<>();

  private ChildProcess(Process process) {
    this.process = process;
    orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    Thread reader = new Thread(this::read);
    reader.setDaemon(true);
    reader.start();
  }

  static ChildProcess start(Class<?> main, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> jvm = List.of("-Xmx64m", "-cp", System.getProperty("java.class.path"));
    return start(jvm, main, environment, arguments);
  }

  /** With arguments of the JVM, the class path among them. */
  static ChildProcess start(
      List<String> jvm, Class<?> main, Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ForkedJvm.quickOptions());
    command.addAll(jvm);
    command.add(main.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("OTEL_"));
    builder.environment().putAll(environment);
    return new ChildProcess(builder.start());
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        synchronized (output) {
          output.add(line);
        }
        unread.add(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void order(String line) {
    orders.println(line);
  }

  /** Reads on until a line begins so. */
  String await(String beginning) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (true) {
      String line = unread.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      assertThat(line).as("no line '%s' in %s", beginning, output()).isNotNull();
      if (line.startsWith(beginning)) {
        return line;
      }
    }
  }

  /** Waits for a line that begins so, wherever it stands. */
  String awaitAnywhere(String beginning) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> output().stream().filter(line -> line.startsWith(beginning)).findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  /** The next line, whatever it is. */
  String next() throws InterruptedException {
    return await("");
  }

  List<String> output() {
    synchronized (output) {
      return new ArrayList<>(output);
    }
  }

  /** Waits for the end, and tells how long that took. */
  long awaitExitMillis() throws InterruptedException {
    long start = System.nanoTime();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("ended").isTrue();
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
