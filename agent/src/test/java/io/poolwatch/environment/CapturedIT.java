package io.poolwatch.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.fork.ForkedJvm;
import io.poolwatch.fork.ForkedRun;
import io.poolwatch.fork.Jdks;
import io.poolwatch.fork.Libraries;
import io.poolwatch.fork.Matrix;
import io.poolwatch.fork.ServiceJar;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A service that begins to keep what it reads into pooled pages: what is exported shows it within
 * three young collections, and that there are more of them.
 */
@Execution(ExecutionMode.CONCURRENT)
final class CapturedIT {
  private static final long YOUNG_COLLECTIONS = 3;

  @TempDir static Path directory;
  private static Path service;

  @BeforeAll
  static void compile() {
    service = ServiceJar.build(directory, "captured", Libraries.COMMONS_POOL2);
  }

  /** Its survivors overflow at once, and it lowers its threshold by one a collection. */
  @Test
  void whatIsCapturedShowsWithinThreeYoungCollections() throws Exception {
    check(Jdks.own(), "Parallel");
  }

  @ParameterizedTest
  @Matrix("minutes")
  @MethodSource("matrix")
  void whatIsCapturedShowsEverywhere(Path home, String collector) throws Exception {
    check(home, collector);
  }

  static List<Arguments> matrix() {
    List<Arguments> all = new ArrayList<>();
    for (Path home :
        Stream.concat(Jdks.all(), Jdks.others().stream()).distinct().toArray(Path[]::new)) {
      for (String collector : new String[] {"G1", "Parallel", "Serial"}) {
        all.add(Arguments.of(home, collector));
      }
    }
    return all;
  }

  private static void check(Path home, String collector) throws Exception {
    int port = freePort();
    ForkedRun run =
        ForkedJvm.bare()
            .home(home)
            .agent(Libraries.agent(), "exit.table=false")
            .options("-Dotel.metrics.exporter=prometheus")
            .options("-Dotel.exporter.prometheus.port=" + port)
            .options("-XX:+Use" + collector + "GC", "-Xmx96m", "-Xmn24m")
            .classPath(service, Libraries.COMMONS_POOL2)
            .run("example.captured.Pages", Integer.toString(port))
            .succeeded()
            .withoutComplaint();
    Map<String, Long> figures = run.figures();
    System.out.printf("%s %s: %s%n", home.getFileName(), collector, figures);
    assertThat(figures).as("%s", run).containsKey("seen after collections");
    assertThat(figures.get("seen after collections"))
        .as("%s", run)
        .isBetween(1L, YOUNG_COLLECTIONS);
    assertThat(figures.get("young after")).as("%s", run).isGreaterThan(figures.get("young before"));
    assertThat(figures.get("full before")).as("%s", run).isZero();
    if (collector.equals("Parallel")) {
      assertThat(figures.get("full after")).as("%s", run).isPositive();
    }
    // The map was emptied once at least.
    assertThat(figures.get("garbage told")).as("%s", run).isPositive();
  }

  private static int freePort() throws java.io.IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
