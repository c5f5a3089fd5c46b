package io.poolwatch.environment;

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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Uses of objects that would have been lent again, had they not been in quarantine: each of them,
 * and what the quarantine costs is said.
 */
@Execution(ExecutionMode.CONCURRENT)
final class QuarantineIT {
  @TempDir static Path directory;
  private static Path service;

  @BeforeAll
  static void compile() {
    service =
        ServiceJar.build(
            directory,
            "quarantine",
            Libraries.jar("commons-pool2-2.0"),
            Libraries.jar("netty-common-4.1.71.Final"));
  }

  @ParameterizedTest
  @CsvSource({"2.0, 4.1.71", "2.6.2, 4.1.119", "2.13.1, 4.2.20"})
  void everyUseOfAnObjectInQuarantineIsCounted(String pool2, String netty) throws IOException {
    try (OtlpCollector collector = OtlpCollector.start()) {
      ForkedRun run = run(collector, "quarantine=8", pool2, netty);

      Map<String, Long> planted = run.figures();
      long generic = planted.get("plain") + planted.get("keyed");
      assertThat(planted.get("doors")).as("%s", run).isZero();
      assertThat(planted.get("plain")).as("%s", run).isBetween(300L, 700L);
      assertThat(planted.get("keyed")).as("%s", run).isBetween(300L, 700L);
      assertThat(planted.get("recycled")).as("%s", run).isBetween(300L, 700L);
      assertThat(violations(collector, "commons_pool2", "use_after_return"))
          .as("%s", run)
          .isEqualTo(generic);
      assertThat(violations(collector, "commons_pool2", "double_return"))
          .as("%s", run)
          .isEqualTo(planted.get("twice"));
      assertThat(violations(collector, "netty_recycler", "use_after_return"))
          .as("%s", run)
          .isEqualTo(planted.get("recycled"));
      assertThat(collector.last("poolwatch.violations"))
          .as("%s", run)
          .isEqualTo(generic + planted.get("recycled") + planted.get("twice"));

      for (String system : new String[] {"commons_pool2", "netty_recycler"}) {
        String kind = "poolwatch.pool.system=" + system;
        long taken =
            collector.last("poolwatch.object.removed", kind, "poolwatch.reason=quarantined");
        long missed = collector.last("poolwatch.misses", kind, "poolwatch.cause=quarantine");
        assertThat(taken).as("%s in %s", system, run).isPositive();
        // All but those that nobody has missed yet, or that another object stood in for.
        assertThat(missed).as("%s in %s", system, run).isPositive().isLessThanOrEqualTo(taken);
      }
      assertThat(collector.last("poolwatch.agent.failures")).as("%s", run).isZero();
    }
  }

  @Test
  void offItDoesNothingAndSaysNothing() throws IOException {
    try (OtlpCollector collector = OtlpCollector.start()) {
      ForkedRun run = run(collector, "quarantine=0", "2.13.1", "4.2.20");

      assertThat(run.figures().values()).as("%s", run).containsOnly(0L);
      assertThat(collector.last("poolwatch.violations")).as("%s", run).isZero();
      assertThat(collector.has("poolwatch.misses", "poolwatch.cause=quarantine"))
          .as("%s", run)
          .isFalse();
      assertThat(collector.has("poolwatch.object.removed", "poolwatch.reason=quarantined"))
          .as("%s", run)
          .isFalse();
    }
  }

  private static long violations(OtlpCollector collector, String system, String kind) {
    return collector.last(
        "poolwatch.violations", "poolwatch.pool.system=" + system, "poolwatch.violation=" + kind);
  }

  private static ForkedRun run(OtlpCollector collector, String option, String pool2, String netty)
      throws IOException {
    Path log = Files.createTempFile(directory, "agent", ".log");
    return ForkedJvm.bare()
        .quick()
        .agent(Libraries.agent(), option + ",log.level=debug,log.file=" + log)
        .options("-Dio.netty.recycler.ratio=0")
        .exportingTo(collector)
        .classPath(
            service,
            Libraries.jar("commons-pool2-" + pool2),
            Libraries.jar("netty-common-" + netty + ".Final"))
        .run("example.quarantine.QuarantineService", log.toString())
        .succeeded();
  }
}
