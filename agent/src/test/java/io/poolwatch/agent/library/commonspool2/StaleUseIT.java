package io.poolwatch.agent.library.commonspool2;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.fork.ForkedJvm;
import io.poolwatch.fork.ForkedRun;
import io.poolwatch.fork.Libraries;
import io.poolwatch.fork.OtlpCollector;
import io.poolwatch.fork.ServiceJar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stale uses in a forked service, by the packaged agent: all of them, and no good one. */
@Execution(ExecutionMode.CONCURRENT)
final class StaleUseIT {
  @TempDir static Path directory;
  private static Path service;

  @BeforeAll
  static void compile() {
    service = ServiceJar.build(directory, "staleuse", Libraries.jar("commons-pool2-2.6.2"));
  }

  @ParameterizedTest
  @CsvSource({"2.0, 8", "2.4.2, 8", "2.6.2, 8", "2.9.0, 8", "2.12.0, 8", "2.13.1, 1", "2.13.1, 8"})
  void everyStaleUseIsFoundAndNoGoodOne(String version, String threads) throws IOException {
    try (OtlpCollector collector = OtlpCollector.start()) {
      ForkedRun run = run(collector, "guard=true", version, threads);

      Map<String, Long> planted = counts(run);
      for (String kind : new String[] {"use_after_return", "use_after_destroy"}) {
        assertThat(last(collector, "stale", kind))
            .as("%s in %s", kind, run)
            .isEqualTo(planted.get("stale " + kind));
      }
      assertThat(collector.last("poolwatch.violations", "poolwatch.pool.name=clean"))
          .as("%s", run)
          .isZero();
      assertThat(String.join("\n", run.agentLines()))
          .contains("use_after_return in pool stale (commons_pool2), object of example.staleuse")
          .contains("used by thread worker-")
          .contains("example.staleuse.StaleUseService.useLate(StaleUseService.java:")
          .contains("given back before by thread worker-");
    }
  }

  @Test
  void guardedClassLooksToTheServiceAsItDid() throws IOException {
    try (OtlpCollector collector = OtlpCollector.start()) {
      Map<String, Long> guarded = counts(run(collector, "guard=true", "2.13.1", "1"));
      Map<String, Long> unguarded = counts(run(collector, "guard=false", "2.13.1", "1"));

      assertThat(guarded).containsEntry("uid", 42L).isEqualTo(unguarded);
    }
  }

  private static ForkedRun run(
      OtlpCollector collector, String arguments, String version, String threads) {
    ForkedRun run =
        ForkedJvm.bare()
            .agent(Libraries.agent(), arguments)
            .variable("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint())
            .variable("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")
            .classPath(service, Libraries.jar("commons-pool2-" + version))
            .run("example.staleuse.StaleUseService", threads)
            .succeeded()
            .withoutComplaint();
    assertThat(run.serviceErr()).as("%s", run).isEmpty();
    assertThat(collector.last("poolwatch.agent.failures")).as("%s", run).isZero();
    return run;
  }

  private static long last(OtlpCollector collector, String pool, String kind) {
    return collector.last(
        "poolwatch.violations", "poolwatch.pool.name=" + pool, "poolwatch.violation=" + kind);
  }

  private static Map<String, Long> counts(ForkedRun run) {
    return run.out()
        .lines()
        .map(line -> line.split(" = "))
        .collect(Collectors.toMap(line -> line[0], line -> Long.valueOf(line[1])));
  }
}
