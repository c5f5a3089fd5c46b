package io.poolwatch.fork;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A service in a JVM of its own: what it is started with. Not thread-safe. */
public final class ForkedJvm {
  private static final long TIMEOUT_SECONDS = 300;

  private final List<String> options = new ArrayList<>();
  private final List<String> command = new ArrayList<>();
  private final Map<String, String> variables = new LinkedHashMap<>();
  private Path javaHome = Path.of(System.getProperty("java.home"));

  private ForkedJvm() {}

  /** A JVM of the JDK that runs the tests, with no option. */
  public static ForkedJvm bare() {
    return new ForkedJvm();
  }

  /** The same with {@code poolwatch.jar}, all by default. */
  public static ForkedJvm watched() {
    return bare().agent(Libraries.agent(), "");
  }

  /** With or without: for what must not differ. */
  public static ForkedJvm of(boolean watched) {
    return watched ? watched() : bare();
  }

  /** Another JDK. */
  public ForkedJvm home(Path home) {
    javaHome = home;
    return this;
  }

  /**
   * An agent.
   *
   * @param arguments what stands behind the equals sign; empty for none
   */
  public ForkedJvm agent(Path jar, String arguments) {
    return options("-javaagent:" + jar + (arguments.isEmpty() ? "" : "=" + arguments));
  }

  /** Options for the JVM, in this order. */
  public ForkedJvm options(String... more) {
    options.addAll(List.of(more));
    return this;
  }

  /** A variable of the environment. */
  public ForkedJvm variable(String name, String value) {
    variables.put(name, value);
    return this;
  }

  /**
   * Has the JVM compile by its first compiler alone, which halves what a short service takes: for
   * what does not depend on how well the JIT does. With {@code -Pmatrix} it does as ever.
   */
  public ForkedJvm quick() {
    return options(quickOptions().toArray(new String[0]));
  }

  /** The same where it is one of the older releases of a library; the newest is run as ever. */
  public ForkedJvm quickUnless(boolean newest) {
    return newest ? this : quick();
  }

  /** The same for JVMs that are started otherwise. */
  public static List<String> quickOptions() {
    return Boolean.getBoolean("matrix") ? List.of() : List.of("-XX:TieredStopAtLevel=1");
  }

  /** Has it export to a receiver, by OTLP over HTTP. */
  public ForkedJvm exportingTo(OtlpCollector receiver) {
    return variable("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.endpoint())
        .variable("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
  }

  /** What the service is found in. */
  public ForkedJvm classPath(Path... jars) {
    return options(
        "-cp", Stream.of(jars).map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
  }

  /**
   * Runs it to its end.
   *
   * @param mainAndArguments the main class, or {@code -jar}, {@code -m} and what follows
   */
  public ForkedRun run(String... mainAndArguments) {
    command.add(javaHome.resolve("bin").resolve("java").toString());
    command.addAll(options);
    command.addAll(List.of(mainAndArguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    // What the machine has set for its own JVMs is none of the service's business.
    builder
        .environment()
        .keySet()
        .removeIf(
            name ->
                name.startsWith("OTEL_")
                    || name.startsWith("POOLWATCH_")
                    || name.equals("JAVA_TOOL_OPTIONS")
                    || name.equals("JDK_JAVA_OPTIONS")
                    || name.equals("CLASSPATH"));
    // The last export is what tests look at, on however busy a machine.
    builder.environment().put("POOLWATCH_EXIT_TIMEOUT", "30s");
    builder.environment().putAll(variables);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      CompletableFuture<String> out = text(process.getInputStream());
      CompletableFuture<String> err = text(process.getErrorStream());
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        throw new IllegalStateException(
            "still running after " + TIMEOUT_SECONDS + " s: " + command + err.join() + out.join());
      }
      return new ForkedRun(String.join(" ", command), process.exitValue(), out.join(), err.join());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static CompletableFuture<String> text(InputStream in) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        // A thread each: the common pool may have fewer threads than there are streams.
        work -> new Thread(work, "stream-reader").start());
  }
}
