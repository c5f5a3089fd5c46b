package io.poolwatch.agent.library.commonspool2;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.fork.ForkedJvm;
import io.poolwatch.fork.ForkedRun;
import io.poolwatch.fork.Libraries;
import io.poolwatch.fork.OtlpCollector;
import io.poolwatch.fork.ServiceJar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Objects that are destroyed while another path of their pool is at work on them: each, once. */
@Execution(ExecutionMode.CONCURRENT)
final class OverlapIT {
  private static final String RACE = "poolwatch.violation=validate_destroy_race";

  @TempDir static Path directory;
  private static Path service;

  @BeforeAll
  static void compile() {
    service = ServiceJar.build(directory, "overlaps", Libraries.jar("commons-pool2-2.6.2"));
  }

  @ParameterizedTest
  @CsvSource({"2.0, 25", "2.6.2, 25", "2.11.1, 25", "2.13.1, 0"})
  void everyOverlapIsCountedOnce(String version, long returning) throws IOException {
    try (OtlpCollector collector = OtlpCollector.start()) {
      ForkedRun run =
          ForkedJvm.watched()
              .quick()
              .exportingTo(collector)
              .classPath(service, Libraries.jar("commons-pool2-" + version))
              .run("example.overlaps.Overlaps")
              .succeeded()
              .withoutComplaint();

      Map<String, Long> planted = run.figures();
      Map<String, Long> seen = new TreeMap<>();
      for (String pool : planted.keySet()) {
        seen.put(pool, collector.last("poolwatch.violations", "poolwatch.pool.name=" + pool, RACE));
      }
      assertThat(seen).as("%s", run).isEqualTo(planted);
      assertThat(planted).as("%s", run).containsEntry("clean", 0L);
      // Of what the library lets happen: from 2.13 on an invalidation waits for a return to end.
      assertThat(planted)
          .as("%s", run)
          .containsEntry("returning", returning)
          .containsEntry("borrowed", 25L)
          .containsEntry("keyed borrowed", 10L)
          .hasEntrySatisfying("tested", raced -> assertThat(raced).isPositive())
          .hasEntrySatisfying("keyed tested", raced -> assertThat(raced).isPositive());
      for (String pool : List.of("borrowed", "keyed borrowed")) {
        assertPaths(run, pool, "borrowObject", "invalidateObject");
      }
      for (String pool : List.of("tested", "keyed tested")) {
        assertPaths(run, pool, "the evictor", "clear");
      }
      if (returning > 0) {
        assertPaths(run, "returning", "returnObject", "invalidateObject");
      }
      assertThat(collector.last("poolwatch.agent.failures")).as("%s", run).isZero();
    }
  }

  /** The first report of a pool's race names the library's two paths. */
  private static void assertPaths(ForkedRun run, String pool, String path, String other) {
    String lines = String.join("\n", run.agentLines());
    int start = lines.indexOf("validate_destroy_race in pool " + pool + " ");
    assertThat(start).as("%s in %s", pool, run).isNotNegative();
    assertThat(lines.substring(start, lines.indexOf("[poolwatch]", start)))
        .contains("note: " + path + " worked on an object that was being destroyed by " + other);
  }
}
