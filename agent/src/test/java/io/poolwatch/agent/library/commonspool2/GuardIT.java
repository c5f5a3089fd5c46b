package io.poolwatch.agent.library.commonspool2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Uses of objects that are not lent, in a forked service: all that were planted, and no other. */
@Execution(ExecutionMode.CONCURRENT)
final class GuardIT {
  @TempDir static Path directory;
  private static Path service;

  @BeforeAll
  static void compile() {
    service = ServiceJar.build(directory, "guarded", Libraries.jar("commons-pool2-2.0"));
  }

  @ParameterizedTest
  @CsvSource({"2.0, 8", "2.6.2, 8", "2.13.1, 1", "2.13.1, 8"})
  void everyPlantedUseIsCountedAndNoOther(String version, String threads) throws IOException {
    run(Jdks.own(), version, threads);
  }

  @ParameterizedTest
  @Matrix("releases between these")
  @CsvSource({"2.0, 1", "2.4.2, 8", "2.9.0, 8", "2.11.1, 8", "2.12.0, 8"})
  void everyPlantedUseIsCountedInMoreReleases(String version, String threads) throws IOException {
    run(Jdks.own(), version, threads);
  }

  @Test
  void everyPlantedUseIsCountedOnJava25() throws IOException {
    Optional<Path> home = Jdks.find(25);
    assumeTrue(home.isPresent(), Jdks.missing(25));
    run(home.orElseThrow(), "2.13.1", "8");
  }

  private static void run(Path home, String version, String threads) throws IOException {
    Path log = Files.createTempFile(directory, "agent", ".log");
    try (OtlpCollector collector = OtlpCollector.start()) {
      ForkedRun run =
          ForkedJvm.bare()
              .quickUnless(version.equals("2.13.1"))
              .agent(Libraries.agent(), "guard=true,log.level=debug,log.file=" + log)
              .home(home)
              .exportingTo(collector)
              .classPath(service, Libraries.jar("commons-pool2-" + version))
              .run("example.guarded.GuardService", threads, log.toString())
              .succeeded();
      String told = Files.readString(log);
      assertThat(run.serviceErr()).as("%s", run).isEmpty();
      assertThat(collector.last("poolwatch.agent.failures")).as("%s", run).isZero();
      Map<String, Long> planted = run.figures();
      assertThat(planted.get("changed")).isZero();
      assertThat(seen(collector, "stale", "use_after_return"))
          .as("%s", told)
          .isEqualTo(planted.get("stale use_after_return"))
          .isPositive();
      assertThat(seen(collector, "dead", "use_after_destroy"))
          .as("%s", told)
          .isEqualTo(planted.get("dead use_after_destroy"))
          .isPositive();
      for (String pool : new String[] {"first", "clean"}) {
        assertThat(seen(collector, pool, "use_after_return")).as("%s", told).isZero();
        assertThat(seen(collector, pool, "use_after_destroy")).as("%s", told).isZero();
      }
      assertThat(seen(collector, "stale", "use_after_destroy")).isZero();
      assertThat(seen(collector, "dead", "use_after_return")).isZero();
      assertThat(told)
          .contains("use_after_return in pool stale", "example.guarded.GuardService.stale");
    }
  }

  private static long seen(OtlpCollector collector, String pool, String kind) {
    return collector.last(
        "poolwatch.violations", "poolwatch.pool.name=" + pool, "poolwatch.violation=" + kind);
  }
}
