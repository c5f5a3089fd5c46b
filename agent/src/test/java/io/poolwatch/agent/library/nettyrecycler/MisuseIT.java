package io.poolwatch.agent.library.nettyrecycler;

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
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Planted faults in a forked service, by the packaged agent: all of them, and nothing else. */
@Execution(ExecutionMode.CONCURRENT)
final class MisuseIT {
  @TempDir static Path directory;
  private static Path service;

  @BeforeAll
  static void compile() {
    service =
        ServiceJar.build(directory, "lettersmisuse", Libraries.jar("netty-common-4.0.56.Final"));
  }

  @ParameterizedTest
  @Matrix("releases between these")
  @CsvSource({
    "4.1.9, 8,",
    "4.1.45, 8,",
    "4.1.71, 8, races",
    "4.1.100, 8, races",
    "4.2.0, 8, races",
    "4.2.7, 8, races"
  })
  void everyPlantedFaultIsCountedInMoreReleases(
      String version, String threads, @Nullable String races) throws IOException {
    everyPlantedFaultIsCountedAsWhatItIs(version, threads, races);
  }

  /** The third column: two threads may give back at a time, of which older releases notice none. */
  @ParameterizedTest
  @CsvSource({
    "4.0.56, 1,",
    "4.1.52, 8,",
    "4.1.70, 8, races",
    "4.1.119, 8, races",
    "4.2.20, 1, races",
    "4.2.20, 8, races"
  })
  void everyPlantedFaultIsCountedAsWhatItIs(String version, String threads, @Nullable String races)
      throws IOException {
    String[] command = {"example.lettersmisuse.MisuseService", threads, races};
    try (OtlpCollector collector = OtlpCollector.start()) {
      ForkedRun run =
          ForkedJvm.watched()
              .quick()
              .options("-Dio.netty.recycler.ratio=0")
              .exportingTo(collector)
              .classPath(service, Libraries.jar("netty-common-" + version + ".Final"))
              .run(races == null ? Arrays.copyOf(command, 2) : command)
              .succeeded()
              .withoutComplaint();

      Map<String, Long> planted = run.figures();
      assertThat(planted).as("%s", run).isNotEmpty();
      planted.forEach(
          (kind, count) ->
              assertThat(collector.last("poolwatch.violations", "poolwatch.violation=" + kind))
                  .as("%s in %s", kind, run)
                  .isEqualTo(count));
      assertThat(collector.last("poolwatch.violations"))
          .as("%s", run)
          .isEqualTo(planted.values().stream().mapToLong(Long::longValue).sum());
      assertThat(String.join("\n", run.agentLines()))
          .as("%s", run)
          .contains("double_return in pool Letters.Letter (netty_recycler)")
          .contains("example.lettersmisuse.MisuseService.again(MisuseService.java:")
          .contains("given back before by thread clerk-")
          .contains("either of the two may be the wrong one")
          .contains("MisuseService.recycleStale(MisuseService.java:")
          .contains("MisuseService.borrowNext(MisuseService.java:");
    }
  }
}
