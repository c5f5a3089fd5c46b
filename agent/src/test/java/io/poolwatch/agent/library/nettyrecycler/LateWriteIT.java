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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Writes after recycle in a forked service, by the packaged agent. */
final class LateWriteIT {
  @TempDir static Path directory;
  private static Path service;

  @BeforeAll
  static void compile() {
    service =
        ServiceJar.build(directory, "lateletters", Libraries.jar("netty-common-4.0.56.Final"));
  }

  @Test
  void everyLateWriteIsFoundAndNoGoodOne() throws IOException {
    run("4.2.20", "4");
  }

  @ParameterizedTest
  @Matrix("older generations")
  @CsvSource({
    "4.0.56, 1",
    "4.1.9, 4",
    "4.1.71, 4",
    "4.1.119, 4",
    "4.2.0, 4",
    "4.2.7, 1",
    "4.2.7, 4",
    "4.2.20, 1"
  })
  void everyLateWriteIsFoundAndNoGoodOneInOlderOnes(String version, String threads)
      throws IOException {
    run(version, threads);
  }

  private static void run(String version, String threads) throws IOException {
    try (OtlpCollector collector = OtlpCollector.start()) {
      ForkedRun run =
          ForkedJvm.bare()
              .quick()
              .agent(
                  Libraries.agent(),
                  "fingerprint=1,fingerprint.classes=*,fingerprint.netty_recycler=true")
              .options("-Dio.netty.recycler.ratio=0")
              .exportingTo(collector)
              .classPath(service, Libraries.jar("netty-common-" + version + ".Final"))
              .run("example.lateletters.LateLetters", threads)
              .succeeded();

      assertThat(run.out().strip()).isEqualTo("planted = 1000");
      assertThat(run.serviceErr()).as("%s", run).isEmpty();
      assertThat(collector.last("poolwatch.agent.failures")).as("%s", run).isZero();
      assertThat(found(collector, "LateLetters.Letter")).as("%s", run).isEqualTo(1000);
      assertThat(found(collector, "LateLetters.CleanLetter")).as("%s", run).isZero();
    }
  }

  private static long found(OtlpCollector collector, String pool) {
    return collector.last(
        "poolwatch.violations",
        "poolwatch.pool.name=" + pool,
        "poolwatch.violation=write_after_return");
  }
}
