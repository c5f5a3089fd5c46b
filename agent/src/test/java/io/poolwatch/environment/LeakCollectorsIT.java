package io.poolwatch.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.poolwatch.fork.ForkedJvm;
import io.poolwatch.fork.ForkedRun;
import io.poolwatch.fork.Jdks;
import io.poolwatch.fork.Libraries;
import io.poolwatch.fork.Matrix;
import io.poolwatch.fork.OtlpCollector;
import io.poolwatch.fork.ServiceJar;
import io.poolwatch.pool.ThreadLocalPool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Objects that were borrowed and dropped are counted as leaked, to the unit, and those that are
 * still held never, on every collector that the JDKs at hand have.
 */
@Execution(ExecutionMode.CONCURRENT)
final class LeakCollectorsIT {
  private static final String[] SYSTEMS = {"commons_pool2", "netty_recycler", "thread_local"};
  private static final String LEAK = "poolwatch.violation=leak";
  private static final String POOL_GONE = "poolwatch.reason=pool_gone";
  private static final String GENERATIONAL_SHENANDOAH =
      "-XX:+UseShenandoahGC -XX:ShenandoahGCMode=generational";

  @TempDir static Path directory;
  private static Path bundled;
  private static Path service;

  @BeforeAll
  static void compile() throws Exception {
    bundled =
        Path.of(ThreadLocalPool.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    service =
        ServiceJar.build(directory, "leaks", Libraries.COMMONS_POOL2, Libraries.NETTY, bundled);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-XX:+UseSerialGC",
        "-XX:+UseParallelGC",
        "-XX:+UseG1GC",
        "-XX:+UseZGC",
        "-XX:+UseShenandoahGC"
      })
  void allThatWasDroppedIsCountedAndNothingThatIsHeld(String collector) throws IOException {
    countsAll(Jdks.own(), collector);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-XX:+UseZGC", GENERATIONAL_SHENANDOAH})
  void allThatWasDroppedIsCountedOnJava25(String collector) throws IOException {
    countsAll(java25(), collector);
  }

  @ParameterizedTest
  @Matrix("as those of JDK 17")
  @ValueSource(
      strings = {"-XX:+UseSerialGC", "-XX:+UseParallelGC", "-XX:+UseG1GC", "-XX:+UseShenandoahGC"})
  void allThatWasDroppedIsCountedOnJava25ByTheOthers(String collector) throws IOException {
    countsAll(java25(), collector);
  }

  private static void countsAll(Path home, String collector) throws IOException {
    try (OtlpCollector receiver = OtlpCollector.start()) {
      String options = collector + " -Dexample.drop=true";
      ForkedRun run = run(receiver, home, "", options, "3000", "500", "full");
      String inDropped = "poolwatch.pool.name=dropped";
      assertThat(receiver.last("poolwatch.violations", inDropped, LEAK))
          .as("%s", run)
          .isEqualTo(1000);
      assertThat(receiver.last("poolwatch.object.count", inDropped, "poolwatch.state=used"))
          .as("%s", run)
          .isEqualTo(100);
      assertThat(receiver.last("poolwatch.object.count", inDropped, "poolwatch.state=idle"))
          .as("%s", run)
          .isZero();
      assertThat(receiver.last("poolwatch.object.removed", "poolwatch.pool.name=closed", POOL_GONE))
          .as("%s", run)
          .isPositive();
      for (String system : SYSTEMS) {
        long dropped = system.equals("commons_pool2") ? 1000 : 0;
        long inUse = system.equals("commons_pool2") ? 100 : 0;
        assertThat(leaks(receiver, system)).as("%s in %s", system, run).isEqualTo(3000 + dropped);
        assertThat(used(receiver, system)).as("%s in %s", system, run).isEqualTo(500 + inUse);
      }
      assertThat(receiver.last("poolwatch.violations")).as("%s", run).isEqualTo(10_000);
    }
  }

  @Test
  void beyondTheBoundAShareOfTheLeaksIsCountedAndThatIsSaid() throws IOException {
    try (OtlpCollector receiver = OtlpCollector.start()) {
      ForkedRun run =
          run(receiver, Jdks.own(), "track.max=1000", "-XX:+UseSerialGC", "1000", "200", "full");
      assertThat(receiver.last("poolwatch.violations", "poolwatch.violation=leak"))
          .as("%s", run)
          // Those that are held were made first, 200 of each pool; a share of those beyond is found
          // in a sixteenth of the room again.
          .isBetween(400L + 31, 400L + 62);
      assertThat(run.agentLines())
          .as("%s", run)
          .filteredOn(line -> line.contains("track.max: 1000 objects are watched for being lost"))
          .hasSize(1);
    }
  }

  @Test
  void upToTheDefaultBoundAllAreCounted() throws IOException {
    try (OtlpCollector receiver = OtlpCollector.start()) {
      ForkedRun run = run(receiver, Jdks.own(), "", "-XX:+UseParallelGC", "66000", "500", "full");
      for (String system : SYSTEMS) {
        assertThat(leaks(receiver, system)).as("%s in %s", system, run).isEqualTo(66_000);
      }
    }
  }

  /**
   * What proves a leak, as docs/violations.md tells it: whether collections of the young generation
   * do, for objects that were dropped young, and for such as had become old before.
   */
  @ParameterizedTest
  @Matrix("allocates for some seconds each")
  @CsvSource({
    "17, -XX:+UseSerialGC, young, true",
    "17, -XX:+UseSerialGC, old, false",
    "17, -XX:+UseParallelGC, young, true",
    "17, -XX:+UseParallelGC, old, false",
    "17, -XX:+UseG1GC, young, true",
    "17, -XX:+UseG1GC, old, false",
    "17, -XX:+UseZGC, old, true",
    "17, -XX:+UseShenandoahGC, old, true",
    "25, -XX:+UseSerialGC, young, true",
    "25, -XX:+UseSerialGC, old, false",
    "25, -XX:+UseParallelGC, young, true",
    "25, -XX:+UseParallelGC, old, false",
    "25, -XX:+UseG1GC, young, true",
    "25, -XX:+UseG1GC, old, false",
    "25, -XX:+UseZGC -XX:-ZProactive -XX:ZCollectionIntervalMinor=0.1, young, false",
    "25, -XX:+UseZGC -XX:-ZProactive -XX:ZCollectionIntervalMinor=0.1, old, false",
    "25, -XX:+UseShenandoahGC, old, true",
    "25, "
        + GENERATIONAL_SHENANDOAH
        + " -XX:ShenandoahGuaranteedYoungGCInterval=100 -XX:ShenandoahGuaranteedOldGCInterval=0"
        + " -XX:ShenandoahGuaranteedGCInterval=0, young, true",
    "25, "
        + GENERATIONAL_SHENANDOAH
        + " -XX:ShenandoahGuaranteedYoungGCInterval=100 -XX:ShenandoahGuaranteedOldGCInterval=0"
        + " -XX:ShenandoahGuaranteedGCInterval=0, old, false"
  })
  void youngCollectionsProveWhatTheyCollect(
      int release, String collector, String age, boolean proven) throws IOException {
    Path home = release == 25 ? java25() : Jdks.own();
    String[] arguments =
        age.equals("old")
            ? new String[] {"3000", "500", "4", "3"}
            : new String[] {"3000", "500", "4"};
    try (OtlpCollector receiver = OtlpCollector.start()) {
      ForkedRun run = run(receiver, home, "", "-Xmx4g " + collector, arguments);
      Map<String, Long> figures = run.figures();
      if (collector.contains("ZCollectionIntervalMinor")) {
        assertThat(figures.get("ZGC Minor Cycles")).as("%s", run).isGreaterThan(10);
        assertThat(figures.get("ZGC Major Cycles")).isEqualTo(age.equals("old") ? 2 : 0);
      }
      for (String system : new String[] {"netty_recycler", "thread_local"}) {
        assertThat(leaks(receiver, system))
            .as("%s in %s", system, run)
            .isEqualTo(proven ? 3000 : 0);
      }
    }
  }

  private static Path java25() {
    Optional<Path> home = Jdks.find(25);
    assumeTrue(home.isPresent(), Jdks.missing(25));
    return home.orElseThrow();
  }

  private static ForkedRun run(
      OtlpCollector receiver, Path home, String agent, String collector, String... arguments) {
    String[] command = new String[arguments.length + 1];
    command[0] = "example.leaks.Leaks";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    return ForkedJvm.bare()
        .quick()
        .home(home)
        .agent(Libraries.agent(), agent)
        .options("-XX:+UnlockExperimentalVMOptions", "-XX:+UnlockDiagnosticVMOptions")
        .options(collector.split(" "))
        // Soft references go at the first opportunity, as if memory were needed.
        .options("-XX:SoftRefLRUPolicyMSPerMB=0", "-Dio.netty.recycler.ratio=0")
        .exportingTo(receiver)
        .classPath(service, Libraries.COMMONS_POOL2, Libraries.NETTY, bundled)
        .run(command)
        .succeeded()
        .withoutComplaint();
  }

  private static long leaks(OtlpCollector receiver, String system) {
    return receiver.last(
        "poolwatch.violations", "poolwatch.pool.system=" + system, "poolwatch.violation=leak");
  }

  private static long used(OtlpCollector receiver, String system) {
    return receiver.last(
        "poolwatch.object.count", "poolwatch.pool.system=" + system, "poolwatch.state=used");
  }
}
