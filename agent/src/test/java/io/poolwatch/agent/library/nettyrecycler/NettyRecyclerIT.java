package io.poolwatch.agent.library.nettyrecycler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.poolwatch.fork.ForkedJvm;
import io.poolwatch.fork.ForkedRun;
import io.poolwatch.fork.Jdks;
import io.poolwatch.fork.Libraries;
import io.poolwatch.fork.Matrix;
import io.poolwatch.fork.OtlpCollector;
import io.poolwatch.fork.Repackaging;
import io.poolwatch.fork.ServiceJar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The packaged agent on a service of its own JVM, whose eight threads take objects from a Recycler
 * and give back each other's: what is exported last is what the service counted itself.
 */
@Execution(ExecutionMode.CONCURRENT)
final class NettyRecyclerIT {
  private static final String LETTERS = "poolwatch.pool.name=Letter";
  private static final List<String> GENERATION_1 = List.of("4.0.56", "4.1.9", "4.1.70");

  @TempDir static Path directory;
  private static Path service;

  @BeforeAll
  static void compile() {
    service = ServiceJar.build(directory, "letters", library("4.0.56"));
  }

  private static Path library(String version) {
    return Libraries.jar("netty-common-" + version + ".Final");
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.0.56", "4.1.70", "4.1.119", "4.2.20"})
  void packagedAgentCountsToTheUnit(String version) throws IOException {
    run(Jdks.own(), version, service, library(version));
  }

  @ParameterizedTest
  @Matrix("releases between these")
  @ValueSource(strings = {"4.1.9", "4.1.71", "4.1.100", "4.1.140", "4.2.0", "4.2.7"})
  void packagedAgentCountsToTheUnitInMoreReleases(String version) throws IOException {
    run(Jdks.own(), version, service, library(version));
  }

  @Test
  void shadedCopyIsCountedToTheUnit() throws IOException {
    Path shaded =
        Repackaging.write(
            directory.resolve("shaded.jar"), "io/netty", "io/grpc/netty/shaded/io/netty", service);
    run(Jdks.own(), "shaded", shaded, Libraries.jar("grpc-netty-shaded-1.85.1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.0.56", "4.1.119", "4.2.20"})
  void packagedAgentCountsToTheUnitOnOtherJdks(String version) throws IOException {
    assumeTrue(!Jdks.others().isEmpty(), Jdks.missing(25));
    for (Path home : Jdks.others()) {
      run(home, version, service, library(version));
    }
  }

  @ParameterizedTest
  @Matrix("releases between these")
  @ValueSource(strings = {"4.1.9", "4.1.70", "4.1.71", "4.1.100", "4.1.140", "4.2.0", "4.2.7"})
  void packagedAgentCountsToTheUnitOnOtherJdksInMoreReleases(String version) throws IOException {
    packagedAgentCountsToTheUnitOnOtherJdks(version);
  }

  private static void run(Path home, String version, Path... classPath) throws IOException {
    try (OtlpCollector collector = OtlpCollector.start()) {
      ForkedRun run =
          ForkedJvm.watched()
              .quickUnless(version.equals("4.2.20"))
              .home(home)
              .exportingTo(collector)
              .classPath(classPath)
              .run("example.letters.LetterService")
              .succeeded()
              .withoutComplaint();
      assertThat(collector.last("poolwatch.agent.failures")).as("%s", run).isZero();
      Map<String, Long> said = run.figures();
      assertSame(collector, said, run);
      long idle = collector.last("poolwatch.object.count", LETTERS, "poolwatch.state=idle");
      if (GENERATION_1.contains(version)) {
        // What waits in the queues between threads is idle too, and the library does not tell it.
        assertThat(idle).as("idle in %s", run).isGreaterThanOrEqualTo(said.get("library idle"));
      } else {
        assertThat(idle).as("idle in %s", run).isEqualTo(said.get("library idle"));
      }
    }
  }

  private static void assertSame(OtlpCollector agent, Map<String, Long> service, ForkedRun run) {
    String outcome = "poolwatch.outcome=";
    long hits = agent.last("poolwatch.borrows", LETTERS, outcome + "hit");
    assertThat(agent.last("poolwatch.borrows", LETTERS))
        .as("borrows in %s", run)
        .isEqualTo(service.get("borrowed"));
    assertThat(agent.last("poolwatch.borrows", LETTERS, outcome + "miss"))
        .as("misses in %s", run)
        .isEqualTo(service.get("made"))
        .isEqualTo(agent.last("poolwatch.misses", LETTERS));
    assertThat(agent.last("poolwatch.borrows", LETTERS, outcome + "error"))
        .as("errors in %s", run)
        .isEqualTo(service.get("failed"))
        .isPositive();
    assertThat(hits).as("hits in %s", run).isGreaterThan(service.get("borrowed") / 10);

    assertThat(agent.last("poolwatch.returns", LETTERS))
        .as("returns in %s", run)
        .isEqualTo(service.get("returned"));
    assertThat(agent.last("poolwatch.returns", LETTERS, outcome + "rejected")).isZero();

    long created = agent.last("poolwatch.object.created", LETTERS);
    long removed = agent.last("poolwatch.object.removed", LETTERS);
    long idle = agent.last("poolwatch.object.count", LETTERS, "poolwatch.state=idle");
    long used = agent.last("poolwatch.object.count", LETTERS, "poolwatch.state=used");
    assertThat(created).as("created in %s", run).isEqualTo(service.get("made"));
    assertThat(created).as("created in %s", run).isEqualTo(idle + used + removed);
    assertThat(used).as("used in %s", run).isZero();
    assertThat(agent.last("poolwatch.object.removed", LETTERS, "poolwatch.reason=leaked"))
        .as("leaked in %s", run)
        .isZero();
  }
}
