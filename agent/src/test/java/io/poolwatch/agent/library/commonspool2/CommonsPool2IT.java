package io.poolwatch.agent.library.commonspool2;

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
import java.util.Map;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The packaged agent on a service of its own JVM, whose eight threads do everything to a pool: what
 * is exported last is what the service and the library counted themselves.
 */
@Execution(ExecutionMode.CONCURRENT)
final class CommonsPool2IT {
  @TempDir static Path directory;
  private static Path service;

  @BeforeAll
  static void compile() {
    service = ServiceJar.build(directory, "partsmix", library("2.0"));
  }

  private static Path library(String version) {
    return Libraries.jar("commons-pool2-" + version);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.0", "2.6.2", "2.13.1"})
  void packagedAgentCountsToTheUnit(String version) throws IOException {
    run(Jdks.own(), version, service, library(version));
  }

  @ParameterizedTest
  @Matrix("releases between these")
  @ValueSource(strings = {"2.4.2", "2.9.0", "2.11.1", "2.12.0"})
  void packagedAgentCountsToTheUnitInMoreReleases(String version) throws IOException {
    run(Jdks.own(), version, service, library(version));
  }

  @Test
  void repackagedCopyIsCountedToTheUnit() throws IOException {
    Path copy =
        Repackaging.write(
            directory.resolve("copy.jar"),
            "org/apache/commons/pool2",
            "example/carried/pool2",
            service,
            library("2.12.0"));
    run(Jdks.own(), "2.12.0", copy);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.0", "2.13.1"})
  void packagedAgentCountsToTheUnitOnOtherJdks(String version) throws IOException {
    assumeTrue(!Jdks.others().isEmpty(), Jdks.missing(25));
    for (Path home : Jdks.others()) {
      run(home, version, service, library(version));
    }
  }

  @ParameterizedTest
  @Matrix("releases between these")
  @ValueSource(strings = {"2.4.2", "2.6.2", "2.9.0", "2.11.1", "2.12.0"})
  void packagedAgentCountsToTheUnitOnOtherJdksInMoreReleases(String version) throws IOException {
    packagedAgentCountsToTheUnitOnOtherJdks(version);
  }

  private static void run(Path home, String version, Path... classPath) throws IOException {
    try (OtlpCollector collector = OtlpCollector.start()) {
      ForkedRun run =
          ForkedJvm.watched()
              .quickUnless(version.equals("2.13.1"))
              .home(home)
              .exportingTo(collector)
              .classPath(classPath)
              .run("example.partsmix.PartsService")
              .succeeded()
              .withoutComplaint();
      assertThat(run.serviceErr()).as("%s", run).isEmpty();
      assertThat(collector.last("poolwatch.agent.failures")).as("%s", run).isZero();
      Map<String, Long> said = run.figures();
      assertSame(collector, "plain", said, run);
      assertSame(collector, "keyed", said, run);
    }
  }

  private static void assertSame(
      OtlpCollector agent, String pool, Map<String, Long> counts, ForkedRun run) {
    String name = "poolwatch.pool.name=" + pool;
    String outcome = "poolwatch.outcome=";
    ToLongFunction<String> service =
        figure -> {
          assertThat(counts).as("%s", run).containsKey(pool + " " + figure);
          return counts.get(pool + " " + figure);
        };

    long hits = agent.last("poolwatch.borrows", name, outcome + "hit");
    long misses = agent.last("poolwatch.borrows", name, outcome + "miss");
    assertThat(hits).as("hits in %s", run).isPositive();
    assertThat(misses).as("misses in %s", run).isPositive();
    assertThat(agent.last("poolwatch.misses", name)).as("misses in %s", run).isEqualTo(misses);
    assertThat(hits + misses)
        .as("borrowed in %s", run)
        .isEqualTo(service.applyAsLong("borrowed"))
        .isEqualTo(service.applyAsLong("library borrowed"));
    assertThat(agent.last("poolwatch.borrows", name) - hits - misses)
        .as("not borrowed in %s", run)
        .isEqualTo(service.applyAsLong("not borrowed"))
        .isPositive();

    long rejected = agent.last("poolwatch.returns", name, outcome + "rejected");
    assertThat(rejected)
        .as("rejected in %s", run)
        .isEqualTo(service.applyAsLong("rejected"))
        .isPositive();
    assertThat(agent.last("poolwatch.returns", name) - rejected)
        .as("returned in %s", run)
        .isEqualTo(service.applyAsLong("returned"))
        .isEqualTo(service.applyAsLong("library returned"));

    String kind = "poolwatch.violation=";
    assertThat(agent.last("poolwatch.violations", name, kind + "double_return"))
        .as("one given back twice in %s", run)
        .isEqualTo(1);
    assertThat(agent.last("poolwatch.violations", name, kind + "foreign_return"))
        .as("the rest were never the pool's, or it forgot that it had lent them, in %s", run)
        // Those that it forgot are none where the guard knows them; it does until it has found that
        // their class has no method to guard.
        .isBetween(rejected - 1 - service.applyAsLong("forgotten"), rejected - 1);
    assertThat(
            agent.last("poolwatch.violations", name, kind + "use_after_destroy")
                + agent.last("poolwatch.violations", name, kind + "unbuilt_use")
                + agent.last("poolwatch.violations", name, kind + "leak"))
        .as("broken contracts of other kinds in %s", run)
        .isZero();

    long created = agent.last("poolwatch.object.created", name);
    long removed = agent.last("poolwatch.object.removed", name);
    assertThat(created)
        .as("created in %s", run)
        .isEqualTo(service.applyAsLong("made"))
        .isEqualTo(service.applyAsLong("library created"));
    assertThat(removed)
        .as("removed in %s", run)
        .isEqualTo(service.applyAsLong("destroyed"))
        .isEqualTo(
            service.applyAsLong("library destroyed") - service.applyAsLong("destroyed again"));
    assertThat(agent.last("poolwatch.object.removed", name, "poolwatch.reason=invalidated"))
        .as("invalidated in %s", run)
        .isEqualTo(service.applyAsLong("invalidated"))
        .isPositive();

    long idle = agent.last("poolwatch.object.count", name, "poolwatch.state=idle");
    long used = agent.last("poolwatch.object.count", name, "poolwatch.state=used");
    // 2.0 may destroy an object twice. Its keyed pool then counts one too few of that key, and may
    // forget the key while it still has an object, which the agent knows of and the library does
    // not.
    long again = service.applyAsLong("destroyed again");
    long known = service.applyAsLong("library idle") + service.applyAsLong("library active");
    assertThat(known)
        .as("known to the library in %s", run)
        .isEqualTo(service.applyAsLong("kept") + service.applyAsLong("stranded"));
    // It may also strand an object while it is idle: then it is in no queue of the pool's any more.
    assertThat(idle)
        .as("idle in %s", run)
        .isBetween(service.applyAsLong("library idle"), service.applyAsLong("stranded") + again);
    assertThat(idle + used)
        .as("live in %s", run)
        .isEqualTo(service.applyAsLong("made") - service.applyAsLong("destroyed"))
        .isBetween(known, known + again);
    assertThat(created).as("created in %s", run).isEqualTo(idle + used + removed);
    // What is stranded was never lent. What was forgotten while lent is refused when it comes back.
    assertThat(hits + misses)
        .as("borrowed in %s", run)
        .isEqualTo(
            service.applyAsLong("returned")
                + service.applyAsLong("forgotten")
                + service.applyAsLong("invalidated")
                + service.applyAsLong("kept"));
    assertThat(agent.last("poolwatch.pending_requests", name)).as("waiting in %s", run).isZero();
  }
}
