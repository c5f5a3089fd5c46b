package io.poolwatch.agent.library.nettyrecycler;

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

/** Uses of recycled objects, by their handle, at default settings: all planted ones, no other. */
@Execution(ExecutionMode.CONCURRENT)
final class GuardIT {
  @TempDir static Path directory;
  private static Path service;

  @BeforeAll
  static void compile() {
    service =
        ServiceJar.build(directory, "lettersguard", Libraries.jar("netty-common-4.0.56.Final"));
  }

  @ParameterizedTest
  @CsvSource({"4.0.56, 8", "4.1.70, 1", "4.1.119, 8", "4.2.20, 8"})
  void everyPlantedUseIsCountedAndNoOther(String version, String threads) throws IOException {
    run(Jdks.own(), version, threads);
  }

  @ParameterizedTest
  @Matrix("releases between these")
  @CsvSource({"4.1.71, 8", "4.2.0, 8", "4.2.7, 8"})
  void everyPlantedUseIsCountedInMoreReleases(String version, String threads) throws IOException {
    run(Jdks.own(), version, threads);
  }

  @Test
  void everyPlantedUseIsCountedOnJava25() throws IOException {
    Optional<Path> home = Jdks.find(25);
    assumeTrue(home.isPresent(), Jdks.missing(25));
    run(home.orElseThrow(), "4.2.20", "8");
  }

  private static void run(Path home, String version, String threads) throws IOException {
    Path log = Files.createTempFile(directory, "agent", ".log");
    try (OtlpCollector collector = OtlpCollector.start()) {
      ForkedRun run =
          ForkedJvm.bare()
              .quickUnless(version.equals("4.2.20"))
              .agent(Libraries.agent(), "log.level=debug,log.file=" + log)
              .home(home)
              .options("-Dio.netty.recycler.ratio=0")
              .exportingTo(collector)
              .classPath(service, Libraries.jar("netty-common-" + version + ".Final"))
              .run("example.lettersguard.GuardService", threads, log.toString())
              .succeeded();
      String told = Files.readString(log);
      assertThat(run.serviceErr()).as("%s", run).isEmpty();
      assertThat(collector.last("poolwatch.agent.failures")).as("%s", run).isZero();
      Map<String, Long> planted = run.figures();
      planted.forEach(
          (kind, count) ->
              assertThat(collector.last("poolwatch.violations", "poolwatch.violation=" + kind))
                  .as("%s in %s", kind, told)
                  .isEqualTo(count)
                  .isPositive());
      assertThat(collector.last("poolwatch.violations"))
          .as("%s", told)
          .isEqualTo(planted.values().stream().mapToLong(Long::longValue).sum());
      assertThat(told)
          .contains("use_after_return in pool Postcard (netty_recycler)")
          .contains("example.lettersguard.GuardService.late(GuardService.java:")
          .contains("given back");
    }
  }
}
