package io.poolwatch.agent.library.commonspool2;

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
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stale uses in a forked service, by the packaged agent: all of them, and no good one. */
@Execution(ExecutionMode.CONCURRENT)
final class StaleUseIT {
  @TempDir static Path directory;
  private static final Map<ForkedRun, Path> logs = new ConcurrentHashMap<>();
  private static Path service;

  @BeforeAll
  static void compile() {
    service = ServiceJar.build(directory, "staleuse", Libraries.jar("commons-pool2-2.6.2"));
  }

  @ParameterizedTest
  @CsvSource({"2.0, 8", "2.6.2, 8", "2.13.1, 8"})
  void everyStaleUseIsFoundAndNoGoodOne(String version, String threads) throws IOException {
    guarded(version, threads);
  }

  /** What a guarded service printed. All its stale uses were found, and no good one. */
  private static Map<String, Long> guarded(String version, String threads) throws IOException {
    try (OtlpCollector collector = OtlpCollector.start()) {
      ForkedRun run =
          run(collector, "guard=true", version, "example.staleuse.StaleUseService", threads);

      Map<String, Long> planted = run.figures();
      for (String kind : new String[] {"use_after_return", "use_after_destroy"}) {
        assertThat(last(collector, "stale", kind))
            .as("%s in %s", kind, run)
            .isEqualTo(planted.get("stale " + kind));
      }
      assertThat(collector.last("poolwatch.violations", "poolwatch.pool.name=clean"))
          .as("%s", run)
          .isZero();
      assertThat(told(run))
          .contains("use_after_return in pool stale (commons_pool2), object of example.staleuse")
          .contains("used by thread worker-")
          .contains("example.staleuse.StaleUseService.useLate(StaleUseService.java:")
          .contains("given back before by thread worker-");
      return planted;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.0", "2.13.1"})
  void softPoolsAreGuardedAndTellWhatTheyLost(String version) throws IOException {
    try (OtlpCollector collector = OtlpCollector.start()) {
      String names =
          "name.*CleanClients=clean,name.*StaleClients=stale,name.*LeakyClients=leaky,guard=true";
      ForkedRun run = run(collector, names, version, "example.staleuse.SoftUseService");

      Map<String, Long> planted = run.figures();
      for (String kind : new String[] {"use_after_return", "use_after_destroy"}) {
        assertThat(last(collector, "stale", kind))
            .as("%s in %s", kind, run)
            .isEqualTo(planted.get(kind));
      }
      assertThat(last(collector, "leaky", "leak")).as("%s", run).isEqualTo(planted.get("leak"));
      assertThat(collector.last("poolwatch.violations", "poolwatch.pool.name=leaky"))
          .as("those that are alive in %s", run)
          .isEqualTo(planted.get("leak"));
      assertThat(collector.last("poolwatch.violations", "poolwatch.pool.name=clean"))
          .as("%s", run)
          .isZero();
      assertThat(told(run))
          .contains("leak in pool leaky (commons_pool2), object of example.staleuse.Client")
          .contains("borrowed by thread main, at ")
          .contains("example.staleuse.SoftUseService.lose(SoftUseService.java:");
    }
  }

  @Test
  void overdueLoansAreToldOnceWithBorrowLastUseAndEnd() throws IOException {
    try (OtlpCollector collector = OtlpCollector.start()) {
      ForkedRun run = run(collector, "overdue.after=3s", "2.13.1", "example.staleuse.HeldService");

      assertThat(last(collector, "held", "overdue")).as("%s", run).isEqualTo(2);
      assertThat(last(collector, "held", "use_after_return")).as("%s", run).isZero();
      String lines = told(run);
      assertThat(reportOf(lines, "hold"))
          .as("%s", run)
          .contains("overdue in pool held (commons_pool2)")
          .contains("borrowed by thread main, at ")
          .containsPattern("not used for [0-9.]+ m?s, as far as the guard sees");
      assertThat(reportOf(lines, "keepBusy"))
          .as("%s", run)
          .containsPattern("last seen in use [0-9.]+ m?s before");
      assertThat(lines.split("an overdue object of pool held came back, or was removed, after "))
          .as("%s", run)
          .hasSize(3);
    }
  }

  @Test
  void guardedClassLooksToTheServiceAsItDid() throws IOException {
    Map<String, Long> guarded = guarded("2.13.1", "1");
    try (OtlpCollector collector = OtlpCollector.start()) {
      Map<String, Long> unguarded =
          run(collector, "guard=false", "2.13.1", "example.staleuse.StaleUseService", "1")
              .figures();

      assertThat(guarded).containsEntry("uid", 42L).isEqualTo(unguarded);
    }
  }

  /** The report that names a method of the service. */
  private static String reportOf(String lines, String method) {
    for (String report : lines.split("\\[poolwatch\\]")) {
      if (report.contains("example.staleuse.HeldService." + method + "(")) {
        return report;
      }
    }
    return "";
  }

  /** What the agent logged in a run: the service waits there for its classes to be woven. */
  private static String told(ForkedRun run) throws IOException {
    return Files.readString(logs.get(run));
  }

  private static ForkedRun run(
      OtlpCollector collector, String options, String version, String... mainAndArguments)
      throws IOException {
    Path log = Files.createTempFile(directory, "agent", ".log");
    ForkedRun run =
        ForkedJvm.bare()
            .quick()
            .agent(Libraries.agent(), options + ",log.level=debug,log.file=" + log)
            .options("-Dagent.log=" + (options.contains("guard=false") ? "" : log))
            // What a soft pool lent and nobody holds is else collected in need of memory alone.
            .options("-XX:SoftRefLRUPolicyMSPerMB=0")
            .exportingTo(collector)
            .classPath(service, Libraries.jar("commons-pool2-" + version))
            .run(mainAndArguments)
            .succeeded();
    logs.put(run, log);
    assertThat(run.serviceErr()).as("%s", run).isEmpty();
    assertThat(collector.last("poolwatch.agent.failures")).as("%s", run).isZero();
    return run;
  }

  private static long last(OtlpCollector collector, String pool, String kind) {
    return collector.last(
        "poolwatch.violations", "poolwatch.pool.name=" + pool, "poolwatch.violation=" + kind);
  }
}
