package io.poolwatch.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.poolwatch.fork.ForkedJvm;
import io.poolwatch.fork.ForkedRun;
import io.poolwatch.fork.Jdks;
import io.poolwatch.fork.Libraries;
import io.poolwatch.fork.Matrix;
import io.poolwatch.fork.ServiceJar;
import io.poolwatch.pool.ThreadLocalPool;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the agent exports of each pool's objects in the old generation, against HotSpot's own word
 * for where they are. A pool of 5 000 objects loses them all in a second or so.
 */
@Execution(ExecutionMode.CONCURRENT)
final class TenuredPoolsIT {
  private static final int OBJECTS = 5_000;
  private static final double EXACTLY = 0.005;

  /** The same where G1 promoted what lacked room, which it tells of late. */
  private static final double ROUGHLY = 0.06;

  private static final Pattern NOT_KNOWN = Pattern.compile("not known = (\\d+)");

  private static final Pattern LOOK =
      Pattern.compile("(soon|later) (idle|used|removed) (\\d+) (-?\\d+)");

  private static final Pattern BOUNDS = Pattern.compile("bounds (\\w+) (\\d+) (\\d+) (\\d+)");

  @TempDir static Path directory;
  private static Path service;
  private static Path whiteBox;
  private static Path bundled;

  @BeforeAll
  static void compile() throws URISyntaxException {
    bundled =
        Path.of(ThreadLocalPool.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    service =
        ServiceJar.build(directory, "tenured", Libraries.COMMONS_POOL2, Libraries.NETTY, bundled);
    whiteBox = ServiceJar.build(directory, "whitebox");
  }

  @ParameterizedTest
  @CsvSource({"commons, G1", "handled, Parallel", "bundled, G1"})
  void whatIsExportedIsWhatTheJvmSays(String pool, String collector) throws Exception {
    check(Jdks.own(), pool, collector, Libraries.NETTY);
  }

  @ParameterizedTest
  @Matrix("minutes")
  @MethodSource("matrix")
  void whatIsExportedIsWhatTheJvmSaysEverywhere(
      Path home, String pool, String collector, String netty) throws Exception {
    check(home, pool, collector, Libraries.jar(netty));
  }

  static List<Arguments> matrix() {
    List<Arguments> all = new ArrayList<>();
    for (Path home :
        Stream.concat(Jdks.all(), Jdks.others().stream()).distinct().toArray(Path[]::new)) {
      for (String collector : new String[] {"G1", "Parallel", "Serial"}) {
        for (String pool : new String[] {"commons", "handled", "unguarded", "bundled"}) {
          all.add(arguments(home, pool, collector, "netty-common-4.2.20.Final"));
        }
        all.add(arguments(home, "handled", collector, "netty-common-4.1.119.Final"));
        all.add(arguments(home, "handled", collector, "netty-common-4.1.65.Final"));
      }
    }
    return all;
  }

  private static void check(Path home, String pool, String collector, Path netty) throws Exception {
    int port = freePort();
    // In 32 MB Parallel makes its survivors too small for these objects.
    int young = 32;
    ForkedRun run =
        ForkedJvm.bare()
            .home(home)
            .agent(Libraries.agent(), "")
            .options("-Dotel.metrics.exporter=prometheus")
            .options("-Dotel.exporter.prometheus.port=" + port)
            .options("-Xbootclasspath/a:" + whiteBox)
            .options("-XX:+UnlockDiagnosticVMOptions", "-XX:+WhiteBoxAPI")
            .options("-XX:+Use" + collector + "GC", "-Xmn" + young + "m", "-Xmx" + 8 * young + "m")
            .options("-Dio.netty.recycler.ratio=0")
            .classPath(service, Libraries.COMMONS_POOL2, netty, bundled)
            .run("example.tenured.TenuredPools", pool, "4", "150", Integer.toString(port))
            .succeeded();
    // Nobody tells which objects of such a pool are idle, if the guard does not know them.
    boolean isEstimate = pool.equals("unguarded");
    // On G1 nothing shows which objects lacked room: what is promoted for that is told late.
    long notKnown = 0;
    Matcher doubt = NOT_KNOWN.matcher(run.out());
    while (doubt.find()) {
      notKnown = Math.max(notKnown, Long.parseLong(doubt.group(1)));
    }
    double exactly = notKnown == 0 || !collector.equals("G1") ? EXACTLY : ROUGHLY;
    int looks = 0;
    long removed = 0;
    long worst = 0;
    Matcher look = LOOK.matcher(run.out());
    while (look.find()) {
      looks++;
      long truth = Long.parseLong(look.group(3));
      long told = Long.parseLong(look.group(4));
      String as = look.group() + " of " + run;
      boolean isRemoved = look.group(2).equals("removed");
      removed = isRemoved ? truth : removed;
      if (!isEstimate || isRemoved) {
        assertThat((double) told)
            .as(as)
            .isBetween(truth * (1 - exactly) - 1, truth * (1 + exactly) + 1);
      }
      if (!isRemoved) {
        worst = Math.max(worst, Math.abs(told - truth));
      }
    }
    bounds(run, isEstimate, exactly);
    System.out.printf(
        "%s %s %s: worst of %d looks %d, removed %d, collections not known %d%n",
        home.getFileName(), pool, collector, looks, worst, removed, notKnown);
    assertThat(looks).as("%s", run).isGreaterThan(12);
    assertThat(removed).as("%s", run).isGreaterThan(OBJECTS / 10);
  }

  /** The truth lies within the bounds of an estimate, and only estimates have any. */
  private static void bounds(ForkedRun run, boolean isEstimate, double exactly) {
    int estimates = 0;
    Matcher bounds = BOUNDS.matcher(run.out());
    while (bounds.find()) {
      estimates++;
      double truth = Long.parseLong(bounds.group(3));
      assertThat(truth)
          .as(bounds.group() + " of " + run)
          .isBetween(
              Long.parseLong(bounds.group(2)) * (1 - exactly) - 1,
              Long.parseLong(bounds.group(4)) * (1 + exactly) + 1);
    }
    assertThat(estimates > 0).as("estimates of %s", run).isEqualTo(isEstimate);
  }

  private static int freePort() throws java.io.IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
