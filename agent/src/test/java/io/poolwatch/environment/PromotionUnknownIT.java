package io.poolwatch.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.poolwatch.fork.ForkedJvm;
import io.poolwatch.fork.ForkedRun;
import io.poolwatch.fork.Jdks;
import io.poolwatch.fork.Libraries;
import io.poolwatch.fork.Matrix;
import io.poolwatch.fork.ServiceJar;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Where the JVM does not tell what it promotes, one line says why, and pools are watched. */
@Execution(ExecutionMode.CONCURRENT)
final class PromotionUnknownIT {
  private static final String LINE = " INFO promotion is not known, and not reported: ";
  private static final String NO_COUNTERS = "-XX:-UsePerfData";

  @TempDir static Path directory;
  private static Path orders;
  private static Path buffers;

  @BeforeAll
  static void compile() {
    orders = ServiceJar.build(directory, "orders", Libraries.COMMONS_POOL2);
    buffers = ServiceJar.build(directory, "buffers", Libraries.NETTY);
  }

  @Test
  void aCollectorThatDoesNotTellIsNamed() {
    assertOrders("the collector of ZGC Cycles does not tell", "", "-XX:+UseZGC");
  }

  @Test
  void theFlightRecorderIsNotStartedUnasked() {
    assertOrders(
        "here only the flight recorder tells, and promotion.recorder is false", "", NO_COUNTERS);
  }

  @Test
  void theFlightRecorderIsNotStartedWhereItCannotWrite() {
    assertOrders(
        "java.lang.IllegalStateException: ",
        "promotion.recorder=true",
        NO_COUNTERS,
        "-Djava.io.tmpdir=" + directory.resolve("missing"));
  }

  static Stream<Arguments> silentCollectors() {
    Stream.Builder<Arguments> all = Stream.builder();
    Path own = Jdks.own();
    String names = "the collector of %s does not tell";
    // It advises to set the heap otherwise.
    String epsilon = "-XX:+UseEpsilonGC -Xlog:gc+init=off";
    all.add(arguments(own, epsilon, String.format(names, "Epsilon Heap")));
    for (int release : new int[] {21, 25}) {
      Jdks.find(release)
          .ifPresent(
              home -> {
                String shenandoah = String.format(names, "Shenandoah Pauses");
                all.add(arguments(home, "-XX:+UseShenandoahGC", shenandoah));
                if (release > 21) {
                  all.add(
                      arguments(
                          home,
                          "-XX:+UseShenandoahGC -XX:ShenandoahGCMode=generational",
                          shenandoah));
                } else {
                  all.add(arguments(home, "-XX:+UseZGC", String.format(names, "ZGC Cycles")));
                }
              });
    }
    return all.build();
  }

  @ParameterizedTest
  @Matrix("half a minute")
  @MethodSource("silentCollectors")
  void eachCollectorThatDoesNotTellIsNamed(Path home, String collector, String why) {
    ForkedRun run =
        ForkedJvm.bare()
            .quick()
            .home(home)
            .agent(Libraries.agent(), "promotion.recorder=true")
            .options("-XX:+UnlockExperimentalVMOptions")
            .options(collector.split(" "))
            .classPath(orders, Libraries.COMMONS_POOL2)
            .run(Workloads.ORDERS);
    Workloads.assertOrders(run);
    assertSaidOnce(run, why);
  }

  /** As in a run-time image without beans. */
  @Test
  void aRuntimeWithoutManagementIsNoSurprise() {
    ForkedRun run =
        ForkedJvm.watched()
            .quick()
            .options("--limit-modules", "java.base,java.instrument,java.logging,jdk.unsupported")
            .options("-Dio.netty.recycler.ratio=0")
            .classPath(buffers, Libraries.NETTY)
            .run(Workloads.BUFFERS);
    Workloads.assertBuffers(run);
    assertSaidOnce(run, "java.lang.NoClassDefFoundError: java/lang/management/");
  }

  private static void assertOrders(String why, String agent, String... options) {
    ForkedRun run =
        ForkedJvm.bare()
            .quick()
            .agent(Libraries.agent(), agent)
            .options(options)
            .classPath(orders, Libraries.COMMONS_POOL2)
            .run(Workloads.ORDERS);
    Workloads.assertOrders(run);
    assertSaidOnce(run, why);
  }

  private static void assertSaidOnce(ForkedRun run, String why) {
    assertThat(run.agentLines())
        .as("%s", run)
        .filteredOn(line -> line.contains(LINE + why))
        .hasSize(1);
  }
}
