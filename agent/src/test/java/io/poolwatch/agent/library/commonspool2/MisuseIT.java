package io.poolwatch.agent.library.commonspool2;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.fork.ForkedJvm;
import io.poolwatch.fork.ForkedRun;
import io.poolwatch.fork.Libraries;
import io.poolwatch.fork.Matrix;
import io.poolwatch.fork.OtlpCollector;
import io.poolwatch.fork.ServiceJar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Planted faults in a forked service, by the packaged agent: all of them, and nothing else. */
@Execution(ExecutionMode.CONCURRENT)
final class MisuseIT {
  private static final List<String> KINDS =
      List.of(
          "double_return",
          "foreign_return",
          "use_after_destroy",
          "validate_destroy_race",
          "unbuilt_use",
          "leak");

  private static final List<String> POOLS =
      List.of(
          "twice",
          "again",
          "two",
          "odd",
          "strange",
          "ended",
          "clean",
          "abandoning",
          "unbuilt",
          "late",
          "later",
          "early lent",
          "early wrapped",
          "early ended",
          "stored",
          "keyed unbuilt",
          "keyed twice",
          "keyed again",
          "keyed strange",
          "keyed ended",
          "keyed clean");

  @TempDir static Path directory;
  private static Path service;

  @BeforeAll
  static void compile() {
    service = ServiceJar.build(directory, "poolmisuse", Libraries.jar("commons-pool2-2.6.2"));
  }

  @ParameterizedTest
  @CsvSource({"2.0, 8", "2.6.2, 8", "2.13.1, 8"})
  void everyPlantedFaultIsCountedAsWhatItIs(String version, String threads) throws IOException {
    try (OtlpCollector collector = OtlpCollector.start()) {
      run(collector, version, threads);
    }
  }

  @ParameterizedTest
  @Matrix("releases between these")
  @CsvSource({"2.0, 1", "2.1, 8", "2.4.2, 8", "2.9.0, 8", "2.11.1, 8", "2.12.0, 8"})
  void everyPlantedFaultIsCountedInMoreReleases(String version, String threads) throws IOException {
    everyPlantedFaultIsCountedAsWhatItIs(version, threads);
  }

  @Test
  void reportNamesBothPlacesInTheService() throws IOException {
    try (OtlpCollector collector = OtlpCollector.start()) {
      ForkedRun run = run(collector, "2.13.1", "1");

      String lines = String.join("\n", run.agentLines());
      assertThat(lines)
          .as("%s", run)
          .contains("double_return in pool twice (commons_pool2), object of example.poolmisuse")
          .contains("given back by thread client-0, at ")
          .contains("example.poolmisuse.MisuseService.returnSecond(MisuseService.java:")
          .contains("given back before by thread client-0, ")
          .contains("borrowed by thread client-0, ")
          .contains("more of: double_return in pool twice")
          .contains("broken contracts by pool:");
      assertThat(report(run, "double_return in pool again "))
          .contains("given back by thread client-0, at ", "LentAgain.returnOwn(")
          .contains("given back before by thread client-0, ", "LentAgain.returnStale(")
          .contains("borrowed by thread client-0, ", "LentAgain.next(")
          .contains("note: one loan was given back twice; either of the two may be the wrong one");
      assertThat(collector.logs("poolwatch.violation"))
          .as("%s", run)
          .anySatisfy(
              record -> {
                Map<String, String> attributes = OtlpCollector.attributes(record);
                assertThat(attributes)
                    .containsEntry("poolwatch.violation", "double_return")
                    .containsEntry("poolwatch.pool.name", "twice")
                    .containsKey("poolwatch.return.stacktrace");
                assertThat(attributes.get("code.stacktrace")).contains("returnSecond");
                assertThat(record.getBody().getStringValue()).contains("given back before");
              });
    }
  }

  @Test
  void faultThatIsRepeatedIsSeenFromBothSides() throws IOException {
    try (OtlpCollector collector = OtlpCollector.start()) {
      ForkedRun run = run(collector, "2.9.0", "1");

      String notSeen = "the other side was not seen; the stacks of this pool are kept from now on";
      List<String> twice = reports(run, "double_return in pool late ");
      assertThat(twice).as("%s", run).hasSize(2);
      assertThat(twice.get(0)).contains("given back by thread main, at ", notSeen);
      assertThat(twice.get(1))
          .contains("given back before by thread main, ", "borrowed by thread main, ")
          .doesNotContain(notSeen);
      List<String> destroyed = reports(run, "use_after_destroy in pool later ");
      assertThat(destroyed).as("%s", run).hasSize(2);
      assertThat(destroyed.get(0)).contains("used by thread main, at ", notSeen);
      assertThat(destroyed.get(1))
          .contains("destroyed by thread main, ", "poolmisuse.Repeated.destroy(Repeated.java:")
          .contains("note: the pool had removed the object: invalidated")
          .doesNotContain(notSeen);
    }
  }

  private static String report(ForkedRun run, String title) {
    List<String> told = reports(run, title);
    assertThat(told).as("%s in %s", title, run).isNotEmpty();
    return told.get(0);
  }

  /** The reports that begin so. */
  private static List<String> reports(ForkedRun run, String title) {
    return Arrays.stream(String.join("\n", run.agentLines()).split("\\[poolwatch] "))
        .filter(each -> each.matches("(?s)\\S+ WARN " + title + ".*"))
        .collect(Collectors.toList());
  }

  /** Runs the service, of whose faults all are counted as what they are. */
  private static ForkedRun run(OtlpCollector collector, String version, String threads) {
    ForkedRun run =
        ForkedJvm.watched()
            .quick()
            .exportingTo(collector)
            .variable("OTEL_LOGS_EXPORTER", "otlp")
            .classPath(service, Libraries.jar("commons-pool2-" + version))
            .run("example.poolmisuse.MisuseService", threads)
            .succeeded()
            .withoutComplaint();
    assertThat(run.serviceErr()).as("%s", run).isEmpty();
    assertThat(collector.last("poolwatch.agent.failures")).as("%s", run).isZero();
    Map<String, Long> seen = new TreeMap<>();
    for (String pool : POOLS) {
      addSeen(collector, pool, pool, seen);
    }
    addSeen(collector, "soft", "Connections", seen);
    assertThat(seen).as("%s", run).isEqualTo(run.figures());
    return run;
  }

  private static void addSeen(
      OtlpCollector collector, String title, String pool, Map<String, Long> seen) {
    for (String kind : KINDS) {
      long count =
          collector.last(
              "poolwatch.violations", "poolwatch.pool.name=" + pool, "poolwatch.violation=" + kind);
      if (count > 0) {
        seen.put(title + " " + kind, count);
      }
    }
  }
}
