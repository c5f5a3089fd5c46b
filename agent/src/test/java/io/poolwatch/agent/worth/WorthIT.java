package io.poolwatch.agent.worth;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.logs.v1.LogRecord;
import io.poolwatch.fork.ForkedJvm;
import io.poolwatch.fork.ForkedRun;
import io.poolwatch.fork.Jdks;
import io.poolwatch.fork.Libraries;
import io.poolwatch.fork.Matrix;
import io.poolwatch.fork.OtlpCollector;
import io.poolwatch.fork.ServiceJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Services in JVMs of their own whose pools are worth having or not: the verdict is the one that
 * their make demands, in the log and at a receiver; and what they are said to avoid is what the JVM
 * counts.
 */
@Execution(ExecutionMode.CONCURRENT)
final class WorthIT {
  @TempDir static Path directory;
  private static final Path[] LIBRARIES = {
    Libraries.COMMONS_POOL2,
    Libraries.jar("netty-common-4.1.119.Final"),
    Libraries.jar("kryo-5.6.2"),
    Libraries.jar("minlog-1.3.1"),
    Libraries.jar("reflectasm-1.11.9"),
    Libraries.jar("objenesis-3.4")
  };
  private static Path services;

  @BeforeAll
  static void compile() {
    services = ServiceJar.build(directory, "worth", LIBRARIES);
  }

  /** By itself: what others retain makes the collections dear that it would cause. */
  @Test
  void recyclerOfSmallObjectsIsToBeDropped() throws IOException {
    told(Jdks.own(), "example.worth.Letters", Map.of("Letters.Letter", "drop"));
  }

  /** All others in one service. */
  @Test
  void verdictOnEachPoolIsWhatItDeserves() throws IOException {
    String log =
        told(
            Jdks.own(),
            "example.worth.Pools all",
            Map.of(
                "Pools.Buffers", "keep",
                "Pools.Connections", "keep",
                "Pools.Pages", "shrink to \\d\\d?",
                "Pools.Spares", "undecided"));

    assertThat(log)
        .containsPattern("without its pools:\n +with pools +without\n  allocation, MB/s +[\\d.]+ ")
        .containsPattern("\n  promotion, MB/s +(at least )?[\\d.]+ ")
        .containsPattern("holds [\\d ]+ objects, .*; [\\d ]+ were promoted in that time");
  }

  static Stream<Arguments> cases() {
    List<Path> homes = homes();
    return Stream.of(
            Arguments.of("example.worth.Letters", "Letters.Letter", "drop"),
            Arguments.of("example.worth.Pools buffers", "Pools.Buffers", "keep"),
            Arguments.of("example.worth.Pools connections", "Pools.Connections", "keep"),
            Arguments.of("example.worth.Pools retained", "Pools.Pages", "shrink to \\d\\d?"),
            Arguments.of("example.worth.Pools toosmall", "Pools.Connections", "grow to \\d"),
            Arguments.of("example.worth.Pools idle", "Pools.Spares", "undecided"))
        .flatMap(
            each -> homes.stream().map(home -> Arguments.of(concat(home.toString(), each.get()))))
        .flatMap(each -> Stream.generate(() -> each).limit(10));
  }

  private static Object[] concat(Object first, Object[] others) {
    return Stream.concat(Stream.of(first), Stream.of(others)).toArray();
  }

  /** The one that runs the tests, one of Java 25, and those that are asked for. */
  private static List<Path> homes() {
    return Stream.concat(Jdks.all(), Jdks.others().stream())
        .distinct()
        .collect(Collectors.toList());
  }

  @ParameterizedTest
  @MethodSource("cases")
  @Matrix("ten times each, in JVMs of their own")
  void verdictIsTheSameTenTimes(String home, String service, String pool, String verdict)
      throws IOException {
    told(Path.of(home), service, Map.of(pool, verdict));
  }

  /** Runs a service until the verdicts are told, in the log and as records; gives the log. */
  private static String told(Path home, String service, Map<String, String> verdicts)
      throws IOException {
    Path log = Files.createTempDirectory(directory, "run").resolve("agent.log");
    List<String> command = new ArrayList<>(List.of(service.split(" ")));
    command.add(log.toString());
    verdicts.forEach((pool, verdict) -> command.add(line(pool, verdict)));
    try (OtlpCollector collector = OtlpCollector.start()) {
      ForkedRun run =
          jvm()
              .home(home)
              .options("-Dpoolwatch.worth.after=1s", "-Dpoolwatch.log.file=" + log)
              .exportingTo(collector)
              .variable("OTEL_LOGS_EXPORTER", "otlp")
              .run(command.toArray(new String[0]))
              .succeeded();

      assertThat(collector.last("poolwatch.agent.failures")).as("%s", run).isZero();
      String text = Files.readString(log);
      List<LogRecord> records = collector.logs("poolwatch.verdict");
      verdicts.forEach(
          (pool, verdict) -> {
            assertThat(text).containsPattern(line(pool, verdict) + ".*\n  account: ");
            assertThat(text.lines().filter(line -> line.contains(" in pool " + pool + " (")))
                .as("%s", run)
                .allMatch(
                    line -> line.matches(".*" + line(pool, "(" + verdict + "|undecided)") + ".*"));
            assertThat(records)
                .as("%s", run)
                .anySatisfy(
                    record ->
                        assertThat(OtlpCollector.attributes(record))
                            .containsEntry("poolwatch.verdict", verdict.replaceAll(" .*", ""))
                            .containsEntry("poolwatch.pool.name", pool));
          });
      return text;
    }
  }

  private static String line(String pool, String verdict) {
    return "INFO verdict " + verdict + " in pool " + pool + " \\(";
  }

  static Stream<Arguments> pooled() {
    return Boolean.getBoolean("matrix")
        ? Stream.of("array", "buffer", "builder")
            .flatMap(kind -> homes().stream().map(home -> Arguments.of(kind, home.toString())))
        : Stream.of("array", "builder").map(kind -> Arguments.of(kind, Jdks.own().toString()));
  }

  /** What the JVM itself counts is what the figure must be, to one in twenty. */
  @ParameterizedTest
  @MethodSource("pooled")
  void allocationAvoidedIsWhatTheJvmAllocatesWithoutThePool(String kind, String home)
      throws IOException {
    Avoided avoided = avoided(kind, home);

    assertThat(avoided.told).isCloseTo(avoided.counted, Percentage.withPercentage(5));
  }

  /** Building is measured where it is rare and never compiled, so the JIT's part is missed. */
  @ParameterizedTest
  @MethodSource("homes")
  @Matrix("on each JDK")
  void whatTheJitWouldRemoveOfABuildingIsCountedToo(Path home) throws IOException {
    Avoided avoided = avoided("kryo", home.toString());

    assertThat(avoided.told).isBetween(avoided.counted, 1.1 * avoided.counted);
  }

  @Test
  void whatIsMadeForThePoolsSakeIsNoPartOfWhatIsAvoided() throws IOException {
    Avoided avoided = avoided("letter", Jdks.own().toString());

    assertThat(avoided.counted).isBetween(64.0, 65.0);
    assertThat(avoided.told).isBetween(64.0, 64.5);
  }

  private static Avoided avoided(String kind, String home) throws IOException {
    try (OtlpCollector collector = OtlpCollector.start()) {
      ForkedRun run =
          jvm()
              .home(Path.of(home))
              .exportingTo(collector)
              .run("example.worth.Avoided", kind)
              .succeeded();
      assertThat(collector.lastSum("poolwatch.object.size")).as("%s", run).isPositive();
      Map<String, Long> figures = run.figures();
      long hits = figures.get("borrows") - figures.get("created");
      return new Avoided(
          (double) collector.lastSum("poolwatch.allocation.avoided") / hits,
          (double) figures.get("without") / figures.get("requests"));
    }
  }

  /** Bytes of one building: as they are told, and as the JVM counts them. */
  private static final class Avoided {
    final double told;
    final double counted;

    Avoided(double told, double counted) {
      this.told = told;
      this.counted = counted;
    }
  }

  private static ForkedJvm jvm() {
    return ForkedJvm.watched()
        .classPath(Stream.concat(Stream.of(services), Stream.of(LIBRARIES)).toArray(Path[]::new));
  }
}
