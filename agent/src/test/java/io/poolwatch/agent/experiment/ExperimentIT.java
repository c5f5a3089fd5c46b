package io.poolwatch.agent.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.fork.ForkedJvm;
import io.poolwatch.fork.ForkedRun;
import io.poolwatch.fork.Libraries;
import io.poolwatch.fork.Matrix;
import io.poolwatch.fork.OtlpCollector;
import io.poolwatch.fork.ServiceJar;
import io.poolwatch.pool.ThreadLocalPool;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The packaged agent experiments on the pools of a service: each experiment ends by itself with
 * what the pools' make demands, what was borrowed is counted to the unit all the while, and the
 * service is served as ever.
 */
final class ExperimentIT {
  private static final String SHEETS = "poolwatch.pool.name=Tried.Sheet";
  private static final String PAPERS = "poolwatch.pool.name=papers";
  private static final String CUPS = "poolwatch.pool.name=cups";
  private static final String UNPOOLED = "poolwatch.cause=experiment";

  @TempDir static Path directory;
  private static Path services;

  @BeforeAll
  static void compile() throws URISyntaxException {
    services = ServiceJar.build(directory, "experiment", libraries("4.2.20").toArray(Path[]::new));
  }

  static Stream<String> releases() {
    return Boolean.getBoolean("matrix")
        ? Stream.of("4.1.9", "4.1.70", "4.1.71", "4.1.119", "4.2.0", "4.2.7", "4.2.20")
        : Stream.of("4.2.20");
  }

  @ParameterizedTest
  @MethodSource("releases")
  void experimentEndsByItselfAndTheBooksAreThoseOfTheService(String release) throws Exception {
    Path log = Files.createTempDirectory(directory, "run").resolve("agent.log");
    try (OtlpCollector collector = OtlpCollector.start()) {
      ForkedRun run =
          experiment("Tried*;papers", log, collector)
              .options("-Dio.netty.recycler.ratio=0")
              .classPath(classPath(release))
              .run(
                  "example.experiment.Tried",
                  log.toString(),
                  "verdict keep in pool Tried.Sheet (netty_recycler), objects of"
                      + " example.experiment.Tried$Sheet: building anew costs more",
                  "verdict keep in pool papers (thread_local), objects of"
                      + " example.experiment.Tried$Sheet: building anew costs more")
              .succeeded();
      String text = Files.readString(log);

      assertThat(collector.last("poolwatch.agent.failures")).as("%s", run).isZero();
      assertThat(text)
          .contains(
              "no experiment on pool Tried (commons_pool2): its objects have to be destroyed, by"
                  + " destroyObject of example.experiment.Tried$Factory, ")
          .containsPattern("more, by experiment\n  experiment: .* more of processor time ")
          .doesNotContain("leak");
      assertThat(proven(collector)).contains("Tried.Sheet keep", "papers keep");

      Map<String, Long> said = run.figures();
      assertThat(collector.last("poolwatch.borrows", SHEETS))
          .as("%s", run)
          .isEqualTo(said.get("recycler borrowed"));
      assertThat(collector.last("poolwatch.misses", SHEETS))
          .as("%s", run)
          .isEqualTo(said.get("recycler made"));
      assertThat(collector.last("poolwatch.borrows", PAPERS))
          .as("%s", run)
          .isEqualTo(said.get("pool borrowed"));
      assertThat(collector.last("poolwatch.misses", PAPERS))
          .as("%s", run)
          .isEqualTo(said.get("pool made"));
      assertThat(collector.last("poolwatch.returns", PAPERS, "poolwatch.outcome=pooled"))
          .isEqualTo(said.get("pool kept"));
      assertThat(collector.last("poolwatch.returns", PAPERS, "poolwatch.outcome=discarded"))
          .isEqualTo(said.get("pool dropped"));
      for (String pool : List.of(SHEETS, PAPERS)) {
        assertThat(collector.last("poolwatch.misses", pool, UNPOOLED)).as(pool).isPositive();
        assertThat(collector.last("poolwatch.object.created", pool))
            .as(pool)
            .isEqualTo(
                collector.last("poolwatch.object.count", pool)
                    + collector.last("poolwatch.object.removed", pool));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.1", "2.8.1", "2.13.1"})
  @Matrix("half a minute")
  void experimentPassesByAPoolOfCommonsPool2(String release) throws Exception {
    Path log = Files.createTempDirectory(directory, "cups").resolve("agent.log");
    try (OtlpCollector collector = OtlpCollector.start()) {
      ForkedRun run =
          experiment("cups", log, collector)
              .classPath(services, Libraries.jar("commons-pool2-" + release))
              .run(
                  "example.experiment.Cups",
                  log.toString(),
                  "verdict keep in pool cups (commons_pool2), objects of"
                      + " example.experiment.Cups$Cup: building anew costs more")
              .succeeded();

      assertThat(collector.last("poolwatch.agent.failures")).as("%s", run).isZero();
      assertThat(Files.readString(log))
          .containsPattern("more, by experiment\n  experiment: .* more of processor time ")
          .doesNotContain("leak")
          .doesNotContain("contract");
      assertThat(proven(collector)).contains("cups keep");
      Map<String, Long> said = run.figures();
      assertThat(collector.last("poolwatch.misses", CUPS, UNPOOLED)).as("%s", run).isPositive();
      assertThat(collector.last("poolwatch.borrows", CUPS))
          .as("%s", run)
          .isEqualTo(said.get("borrowed"));
      assertThat(collector.last("poolwatch.returns", CUPS))
          .as("%s", run)
          .isEqualTo(said.get("returned"));
      assertThat(collector.last("poolwatch.object.created", CUPS))
          .as("%s", run)
          .isEqualTo(said.get("made"))
          .isEqualTo(
              collector.last("poolwatch.object.count", CUPS)
                  + collector.last("poolwatch.object.removed", CUPS));
    }
  }

  @Test
  void experimentEndsAtOnceWhereTheHeapIsNearlyFull() throws Exception {
    Path log = Files.createTempDirectory(directory, "full").resolve("agent.log");
    ForkedJvm.watched()
        .options(
            "-XX:+UseSerialGC",
            "-Xmx48m",
            "-Dfill=true",
            "-Dpoolwatch.experiment=papers",
            "-Dpoolwatch.log.file=" + log)
        .classPath(classPath("4.2.20"))
        .run("example.experiment.Tried", log.toString(), "by experiment stopped as harmful")
        .succeeded();

    assertThat(Files.readString(log))
        .containsPattern(
            "by experiment stopped as harmful: the old generation is (9\\d|100) % full\n  experiment: 0 blocks");
  }

  @Test
  void nameThatNoPoolHasIsToldInOneLine() throws Exception {
    ForkedRun run = run("-Dpoolwatch.experiment=nobody*");

    assertThat(run.agentLines())
        .filteredOn(line -> line.contains("xperiment") && !line.contains("INFO guarded"))
        .singleElement()
        .asString()
        .contains("WARN no experiment: no pool has a name like [nobody*]; there are ");
  }

  @Test
  void patternThatIsNoneIsToldInOneLine() throws Exception {
    ForkedRun run = run("-Dpoolwatch.experiment=;");

    assertThat(run.agentLines())
        .filteredOn(line -> line.contains("xperiment") && !line.contains("INFO guarded"))
        .singleElement()
        .asString()
        .contains("bad value \";\" of key \"experiment\" (system property) is ignored");
  }

  /** A service whose pools of such names are experimented on, in short turns. */
  private static ForkedJvm experiment(String pools, Path log, OtlpCollector collector) {
    return ForkedJvm.watched()
        .options("-Dpoolwatch.experiment=" + pools, "-Dpoolwatch.experiment.slice=50ms")
        .options("-Dpoolwatch.log.file=" + log)
        .exportingTo(collector)
        .variable("OTEL_LOGS_EXPORTER", "otlp");
  }

  /** A service that ends at once. */
  private static ForkedRun run(String option) throws Exception {
    return ForkedJvm.watched()
        .options(option)
        .classPath(classPath("4.2.20"))
        .run("example.experiment.Tried", directory.resolve("none").toString())
        .succeeded();
  }

  private static Path[] classPath(String release) throws URISyntaxException {
    return Stream.concat(Stream.of(services), libraries(release)).toArray(Path[]::new);
  }

  private static Stream<Path> libraries(String release) throws URISyntaxException {
    return Stream.of(
        Libraries.jar("netty-common-" + release + ".Final"),
        Path.of(ThreadLocalPool.class.getProtectionDomain().getCodeSource().getLocation().toURI()),
        Libraries.COMMONS_POOL2);
  }

  private static List<String> proven(OtlpCollector collector) {
    return collector.logs("poolwatch.verdict").stream()
        .map(OtlpCollector::attributes)
        .filter(each -> "experiment".equals(each.get("poolwatch.verdict.evidence")))
        .map(each -> each.get("poolwatch.pool.name") + " " + each.get("poolwatch.verdict"))
        .collect(Collectors.toList());
  }
}
