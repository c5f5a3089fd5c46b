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
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lost objects of the Recycler: all are counted, and their borrower is named once one was seen. */
@Execution(ExecutionMode.CONCURRENT)
final class LostLettersIT {
  @TempDir static Path directory;
  private static Path service;

  @BeforeAll
  static void compile() {
    service =
        ServiceJar.build(directory, "lostletters", Libraries.jar("netty-common-4.0.56.Final"));
  }

  @Test
  void borrowerIsNamedAndNobodyElse() throws IOException {
    borrowerIsNamed("4.2.20");
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.0.56", "4.1.119"})
  @Matrix("older generations")
  void borrowerIsNamedAndNobodyElseInOlderOnes(String version) throws IOException {
    borrowerIsNamed(version);
  }

  private static void borrowerIsNamed(String version) throws IOException {
    try (OtlpCollector collector = OtlpCollector.start()) {
      ForkedRun run =
          ForkedJvm.watched()
              .quick()
              .options("-Dio.netty.recycler.ratio=0")
              .exportingTo(collector)
              .variable("OTEL_METRIC_EXPORT_INTERVAL", "500")
              .classPath(service, Libraries.jar("netty-common-" + version + ".Final"))
              .run("example.lostletters.LostLetters")
              .succeeded()
              .withoutComplaint();

      assertThat(run.out().strip()).isEqualTo("lost = 160");
      assertThat(collector.last("poolwatch.violations", "poolwatch.violation=leak"))
          .as("%s", run)
          .isEqualTo(160);
      assertThat(String.join("\n", run.agentLines()))
          .as("%s", run)
          .contains("leak in pool LostLetters.Letter (netty_recycler)")
          .contains("borrowed by thread clerk, at ")
          .contains("example.lostletters.LostLetters.lose(LostLetters.java:")
          .doesNotContain("LostLetters.keep(");
    }
  }
}
