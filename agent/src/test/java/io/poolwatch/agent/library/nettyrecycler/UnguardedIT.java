package io.poolwatch.agent.library.nettyrecycler;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.fork.ForkedJvm;
import io.poolwatch.fork.ForkedRun;
import io.poolwatch.fork.Libraries;
import io.poolwatch.fork.OtlpCollector;
import io.poolwatch.fork.ServiceJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Broken contracts of Recyclers that notice none by themselves: all, and nothing else. */
@Execution(ExecutionMode.CONCURRENT)
final class UnguardedIT {
  @TempDir static Path directory;
  private static Path service;

  @BeforeAll
  static void compile() {
    service = ServiceJar.build(directory, "unguarded", Libraries.jar("netty-common-4.2.7.Final"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.2.7", "4.2.20"})
  void everyPlantedFaultIsCounted(String version) throws IOException {
    Path log = Files.createTempFile(directory, "agent", ".log");
    try (OtlpCollector collector = OtlpCollector.start()) {
      ForkedRun run =
          ForkedJvm.bare()
              .quick()
              .agent(Libraries.agent(), "log.level=debug,log.file=" + log)
              .options("-Dio.netty.recycler.ratio=0")
              .exportingTo(collector)
              .classPath(service, Libraries.jar("netty-common-" + version + ".Final"))
              .run("example.unguarded.UnguardedService", log.toString())
              .succeeded();
      String told = Files.readString(log);

      Map<String, Long> seen = new TreeMap<>();
      for (String kind : run.figures().keySet()) {
        seen.put(kind, collector.last("poolwatch.violations", "poolwatch.violation=" + kind));
      }
      assertThat(seen).as("%s\n%s", run, told).isEqualTo(run.figures());
      assertThat(collector.last("poolwatch.violations"))
          .as("%s\n%s", run, told)
          .isEqualTo(seen.values().stream().mapToLong(Long::longValue).sum());
      assertThat(told)
          .contains("use_after_return in pool Letters.Letter (netty_recycler)")
          .contains("given back before by thread ");
      assertThat(collector.last("poolwatch.agent.failures")).as("%s", run).isZero();
    }
  }
}
