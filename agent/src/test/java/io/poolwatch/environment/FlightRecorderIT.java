package io.poolwatch.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.poolwatch.fork.ForkedJvm;
import io.poolwatch.fork.ForkedRun;
import io.poolwatch.fork.Jdks;
import io.poolwatch.fork.Libraries;
import io.poolwatch.fork.ServiceJar;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Where promotion is known by the flight recorder alone, the service's own events do not notice.
 */
@Execution(ExecutionMode.CONCURRENT)
final class FlightRecorderIT {
  private static final String NO_COUNTERS = "-XX:-UsePerfData";

  @TempDir static Path directory;
  private static Path service;

  @BeforeAll
  static void compile() {
    service = ServiceJar.build(directory, "flights", Libraries.COMMONS_POOL2);
  }

  @Test
  void noEventOfTheServiceIsSwitchedOnOrOff() {
    assertHarmless(run(Jdks.own(), "leave", NO_COUNTERS, "-XX:+UseG1GC"));
  }

  @Test
  void noEventOfTheServiceIsSwitchedOnOrOffUnderZgc() {
    Optional<Path> home = Jdks.find(25);
    assumeTrue(home.isPresent(), Jdks.missing(25));
    assertHarmless(run(home.orElseThrow(), "leave", "-XX:+UseZGC"));
  }

  private static void assertHarmless(ForkedRun run) {
    Map<String, Long> figures = run.figures();
    assertThat(figures)
        .as("%s", run)
        .containsEntry("known", 1L)
        .containsEntry("named", 1L)
        .containsEntry("before, alone", 0L)
        .containsEntry("after, alone", 0L)
        .containsEntry("before, beside ours", 1L)
        .containsEntry("after, beside ours", 1L)
        .containsEntry("switched off, beside ours", 0L)
        .containsEntry("before, alone again", 0L)
        .containsEntry("after, alone again", 0L);
    assertThat(run.serviceErr()).as("%s", run).isEmpty();
    assertThat(run.agentLines()).as("%s", run).noneMatch(line -> line.contains("promotion"));
  }

  @Test
  void aStopByOthersIsSaidOnceAndNothingIsReportedAfterIt() {
    ForkedRun run = run(Jdks.own(), "stop", NO_COUNTERS, "-XX:+UseG1GC");
    assertThat(run.figures()).as("%s", run).containsEntry("known after the stop", 0L);
    assertThat(run.agentLines())
        .as("%s", run)
        .filteredOn(
            line ->
                line.contains(
                    "promotion is not known any more, and no longer reported: the recording named"
                        + " poolwatch was stopped"))
        .hasSize(1);
  }

  private static ForkedRun run(Path home, String what, String... options) {
    return ForkedJvm.bare()
        .home(home)
        .agent(Libraries.agent(), "exit.table=false,promotion.recorder=true")
        .options(options)
        .classPath(service, Libraries.COMMONS_POOL2)
        .run("example.flights.Flights", what)
        .succeeded()
        .withoutComplaint();
  }
}
