package io.poolwatch.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.poolwatch.fork.ForkedJvm;
import io.poolwatch.fork.ForkedRun;
import io.poolwatch.fork.Jdks;
import io.poolwatch.fork.Libraries;
import io.poolwatch.fork.Matrix;
import io.poolwatch.fork.OwnDisk;
import io.poolwatch.fork.ServiceJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  /** What it takes: the part that finds out how, the beans, and the stream. */
  private static final List<String> STARTED =
      List.of(
          ".agent.gc.Promotion",
          "java.lang.management.ManagementFactory",
          "jdk.jfr.consumer.RecordingStream");

  private static final Pattern LOADED = Pattern.compile("^\\[(\\d+) *\\] ?([\\w.$]+) source:");

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

  /** With a small repository of the service's own choice. */
  @Test
  void recordingsOfOthersComeAndGoByJcmdAndOursIsStoppedByItToo() {
    Path repository = directory.resolve("flights");
    ForkedRun run =
        run(
            Jdks.own(),
            "jcmd",
            NO_COUNTERS,
            "-XX:+UseG1GC",
            "-XX:FlightRecorderOptions=repository="
                + repository
                + ",maxchunksize=1M,stackdepth=16,threadbuffersize=16k");
    assertThat(run.figures())
        .as("%s", run)
        .containsEntry("known", 1L)
        .containsEntry("before, alone", 0L)
        .containsEntry("before, beside theirs", 1L)
        .containsEntry("before, after theirs", 0L)
        .containsEntry("still known", 1L)
        .containsEntry("known after the stop", 0L);
    assertThat(repository).isDirectory();
    assertThat(run.serviceErr()).as("%s", run).isEmpty();
    assertStopWasSaidOnce(run);
  }

  /** The class that a thread loads first is loaded by it. */
  @Test
  void theRecorderIsNotStartedOnTheThreadThatStartsTheService() throws IOException {
    Path log = directory.resolve("classes.log");
    run(
        Jdks.own(),
        "leave",
        NO_COUNTERS,
        "-XX:+UseG1GC",
        "-Xlog:class+load=info:file=" + log + ":tid");
    Map<String, String> loaders = loaders(log);
    String starting = loaders.get("example.flights.Flights");
    assertThat(starting).isNotNull();
    for (String ours : STARTED) {
      String thread =
          loaders.entrySet().stream()
              .filter(each -> each.getKey().endsWith(ours))
              .map(Map.Entry::getValue)
              .findFirst()
              .orElseThrow(() -> new AssertionError(ours + " was not loaded"));
      assertThat(thread).as(ours).isNotEqualTo(starting);
    }
  }

  /** Of each class, by which thread it was loaded. */
  private static Map<String, String> loaders(Path log) throws IOException {
    Map<String, String> loaders = new HashMap<>();
    for (String line : Files.readAllLines(log)) {
      Matcher matcher = LOADED.matcher(line);
      if (matcher.find()) {
        loaders.putIfAbsent(matcher.group(2), matcher.group(1));
      }
    }
    return loaders;
  }

  @Test
  void aStopByOthersIsSaidOnceAndNothingIsReportedAfterIt() {
    ForkedRun run = run(Jdks.own(), "stop", NO_COUNTERS, "-XX:+UseG1GC");
    assertThat(run.figures()).as("%s", run).containsEntry("known after the stop", 0L);
    assertStopWasSaidOnce(run);
  }

  /** As the recorder's own writes would end the JVM, it is stopped before they can fail. */
  @Test
  @Matrix("wants a disk of its own")
  void aDiskThatFillsWhileItRecordsEndsTheRecordingAndNotTheService() throws Exception {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    Path home = OwnDisk.home(Files.createDirectory(directory.resolve("small")), disk, 700);
    ForkedRun run = run(home, "fill", NO_COUNTERS, "-XX:+UseG1GC", "-Djava.io.tmpdir=" + disk);
    assertThat(run.figures())
        .as("%s", run)
        .containsEntry("known", 1L)
        .containsEntry("known after the disk filled", 0L)
        .containsEntry("full", 1L)
        .containsEntry("borrowed on a full disk", 1_000L);
    assertThat(run.serviceErr()).as("%s", run).isEmpty();
    assertSaidOnce(
        run,
        "promotion is not known any more, and no longer reported: the disk of the"
            + " flight recorder is nearly full");
  }

  /** A full disk would end the JVM. */
  @Test
  @Matrix("wants a disk of its own")
  void theRecorderIsNotStartedOnANearlyFullDisk() throws Exception {
    Path disk = Files.createDirectory(directory.resolve("little"));
    Path home = OwnDisk.home(Files.createDirectory(directory.resolve("tiny")), disk, 100);
    ForkedRun run = run(home, "refused", NO_COUNTERS, "-Djava.io.tmpdir=" + disk);
    assertThat(run.figures()).as("%s", run).containsEntry("refused", 1L);
    assertThat(run.serviceErr()).as("%s", run).isEmpty();
    assertSaidOnce(
        run,
        "promotion is not known, and not reported: java.lang.IllegalStateException: the"
            + " disk of the flight recorder is nearly full");
  }

  private static void assertStopWasSaidOnce(ForkedRun run) {
    assertSaidOnce(
        run,
        "promotion is not known any more, and no longer reported: the recording named poolwatch"
            + " was stopped");
  }

  private static void assertSaidOnce(ForkedRun run, String sentence) {
    assertThat(run.agentLines())
        .as("%s", run)
        .filteredOn(line -> line.contains(sentence))
        .hasSize(1);
  }

  private static ForkedRun run(Path home, String what, String... options) {
    return ForkedJvm.bare()
        .quick()
        .home(home)
        .agent(Libraries.agent(), "exit.table=false,promotion.recorder=true")
        .options(options)
        .classPath(service, Libraries.COMMONS_POOL2)
        .run("example.flights.Flights", what)
        .succeeded()
        .withoutComplaint();
  }
}
