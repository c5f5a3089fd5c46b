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
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Writes after return in a forked service, by the packaged agent. */
@Execution(ExecutionMode.CONCURRENT)
final class LateWriteIT {
  private static final long PLANTED = 1000;

  private static final String[] FAULTY = {
    "bytes",
    "heap",
    "direct",
    "builder",
    "stream",
    "fields",
    "parents",
    "references",
    "soft",
    "keyed",
    "evicted"
  };

  @TempDir static Path directory;

  /** Of three times as many faults as the rate says one at least is found, in 95 runs of 100. */
  @Test
  void aSampledWriteIsFoundAsSoonAsChanceSays() throws IOException {
    int rate = 64;
    int runs = 1000;
    Path service =
        ServiceJar.build(directory, "sampledwrites", Libraries.jar("commons-pool2-2.13.1"));
    try (OtlpCollector collector = OtlpCollector.start()) {
      ForkedRun run =
          ForkedJvm.bare()
              .quick()
              .agent(Libraries.agent(), "pools.max=1000,log.level=error,fingerprint=" + rate)
              .exportingTo(collector)
              .variable("OTEL_METRIC_EXPORT_INTERVAL", "60000")
              .classPath(service, Libraries.jar("commons-pool2-2.13.1"))
              .run("example.sampledwrites.SampledWrites", "" + runs, "" + 3 * rate)
              .succeeded();
      Map<String, Long> byPool =
          collector.lastBy(
              "poolwatch.pool.name",
              "poolwatch.violations",
              "poolwatch.violation=write_after_return");
      int finding = 0;
      long found = 0;
      for (int i = 0; i < runs; i++) {
        long here = byPool.getOrDefault("run" + i, 0L);
        finding += here > 0 ? 1 : 0;
        found += here;
      }
      // 951 are expected, by theory, and 3000 found; 20 are three standard deviations, and 220
      // four.
      assertThat(finding).as("%s", run).isGreaterThan(930);
      assertThat(found).as("%s", run).isBetween(2780L, 3220L);
    }
  }

  @Test
  void everyLateWriteIsFoundAndNoGoodOne() throws IOException {
    run("2.13.1", "4");
  }

  @ParameterizedTest
  @Matrix("older releases, and one thread")
  @CsvSource({
    "2.4.2, 1",
    "2.4.2, 4",
    "2.6.2, 4",
    "2.9.0, 4",
    "2.11.1, 4",
    "2.12.0, 4",
    "2.13.1, 1"
  })
  void everyLateWriteIsFoundAndNoGoodOneInOlderOnes(String version, String threads)
      throws IOException {
    run(version, threads);
  }

  private static void run(String version, String threads) throws IOException {
    Path service = ServiceJar.build(directory, "latewrite", Libraries.jar("commons-pool2-2.6.2"));
    try (OtlpCollector collector = OtlpCollector.start()) {
      ForkedRun run =
          ForkedJvm.bare()
              .quick()
              .agent(
                  Libraries.agent(),
                  "fingerprint=1,fingerprint.classes=*,name.*SoftFaulty=soft,name.*SoftClean=clean soft")
              .exportingTo(collector)
              .classPath(service, Libraries.jar("commons-pool2-" + version))
              .run("example.latewrite.LateWriteService", threads)
              .succeeded();

      assertThat(run.out().strip()).isEqualTo("planted = " + PLANTED);
      assertThat(run.serviceErr()).as("%s", run).isEmpty();
      assertThat(collector.last("poolwatch.agent.failures")).as("%s", run).isZero();
      long clean = 0;
      for (String pool : FAULTY) {
        assertThat(found(collector, pool)).as("%s in %s", pool, run).isEqualTo(PLANTED);
        clean += found(collector, "clean " + pool);
      }
      assertThat(clean + found(collector, "clean beating")).as("%s", run).isZero();
      assertThat(found(collector, "lively")).as("%s", run).isZero();
      assertThat(String.join("\n", run.agentLines()))
          .contains("write_after_return in pool bytes (commons_pool2), object of byte[]:")
          .contains("the call shown only noticed it, and is not the culprit")
          .contains("no more looking for writes after return in pool lively: 100 % of its objects");
    }
  }

  private static long found(OtlpCollector collector, String pool) {
    return collector.last(
        "poolwatch.violations",
        "poolwatch.pool.name=" + pool,
        "poolwatch.violation=write_after_return");
  }
}
