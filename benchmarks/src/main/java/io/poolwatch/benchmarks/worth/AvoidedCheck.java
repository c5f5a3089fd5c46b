package io.poolwatch.benchmarks.worth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Compares {@code poolwatch.allocation.avoided} with the JVM's own count of what the same work
 * allocates without the pool: each in a JVM of its own, the one with the packaged agent, the other
 * without. A row for each kind of object and each JDK, and a failure if any is off by more than one
 * in twenty:
 *
 * <pre>java -cp benchmarks.jar io.poolwatch.benchmarks.worth.AvoidedCheck poolwatch.jar [JDK...]
 * </pre>
 */
public final class AvoidedCheck {
  private static final double MOST_OFF = 5;
  private static final long TIMEOUT_SECONDS = 120;

  private final Path agent;
  private final Path java;

  private AvoidedCheck(Path agent, Path home) {
    this.agent = agent;
    java = home.resolve("bin").resolve("java");
  }

  /** Arguments: the agent, and the homes of the JDKs; by default the one that runs this. */
  public static void main(String[] args) throws Exception {
    if (args.length == 0) {
      throw new IllegalArgumentException("which poolwatch.jar?");
    }
    List<String> homes = new ArrayList<>(List.of(args).subList(1, args.length));
    if (homes.isEmpty()) {
      homes.add(System.getProperty("java.home"));
    }
    System.out.printf(
        Locale.ROOT,
        "%-24s%-20s%16s%16s%9s%n",
        "JDK",
        "object",
        "JVM, B",
        "poolwatch, B",
        "off, %");
    boolean good = true;
    for (String home : homes) {
      AvoidedCheck check = new AvoidedCheck(Path.of(args[0]), Path.of(home));
      for (PooledWork.Kind kind : PooledWork.Kind.values()) {
        good &=
            check.row(Path.of(home).getFileName().toString(), kind.name().toLowerCase(Locale.ROOT));
      }
    }
    System.exit(good ? 0 : 1);
  }

  private boolean row(String jdk, String kind) throws Exception {
    Map<String, Long> without = figures(run(List.of(), Map.of(), "without", kind));
    double truth = (double) figure(without, "allocated") / figure(without, "requests");
    double told;
    try (OtlpSums receiver = OtlpSums.start()) {
      Map<String, Long> with =
          figures(
              run(
                  List.of("-javaagent:" + agent, "-Dio.netty.recycler.ratio=0"),
                  Map.of(
                      "OTEL_EXPORTER_OTLP_ENDPOINT", receiver.endpoint(),
                      "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf",
                      "OTEL_METRICS_EXPORTER", "otlp",
                      "POOLWATCH_EXIT_TIMEOUT", "30s"),
                  "with",
                  kind));
      told =
          (double) receiver.last("poolwatch.allocation.avoided")
              / (figure(with, "borrows") - figure(with, "created"));
    }
    double off = 100 * (told / truth - 1);
    System.out.printf(Locale.ROOT, "%-24s%-20s%16.1f%16.1f%+9.1f%n", jdk, kind, truth, told, off);
    return Math.abs(off) <= MOST_OFF;
  }

  private String run(List<String> options, Map<String, String> variables, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(java.toString()));
    command.addAll(options);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), PooledWork.class.getName()));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile("avoided", ".out");
    Path log = Files.createTempFile("avoided", ".log");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(log.toFile());
      builder.environment().putAll(variables);
      Process process = builder.start();
      boolean ended = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      if (!ended || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IllegalStateException(
            command + (ended ? " failed: " : " does not end: ") + Files.readString(log));
      }
      return Files.readString(out, StandardCharsets.UTF_8);
    } finally {
      Files.delete(out);
      Files.delete(log);
    }
  }

  private static long figure(Map<String, Long> figures, String name) {
    Long value = figures.get(name);
    if (value == null) {
      throw new IllegalStateException("no " + name + " among " + figures);
    }
    return value;
  }

  private static Map<String, Long> figures(String out) {
    return out.lines()
        .map(line -> line.split(" = "))
        .filter(parts -> parts.length == 2)
        .collect(Collectors.toMap(parts -> parts[0], parts -> Long.parseLong(parts[1])));
  }
}
