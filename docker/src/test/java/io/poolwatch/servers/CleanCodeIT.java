package io.poolwatch.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Real libraries under load, with all that finds broken contracts switched on, for Netty's own
 * classes, too: none is told, and nothing is disturbed. {@code -Dpoolwatch.clean.seconds=300} makes
 * two of these ten minutes.
 */
@Isolated("it takes all of the processor that it gets")
class CleanCodeIT {
  /** What the workloads do at least, however long it takes them. */
  static final int LEAST = 1_000;

  private static final String SECONDS = System.getProperty("poolwatch.clean.seconds", "5");

  private static final Map<String, String> EVERYTHING =
      Map.of(
          "POOLWATCH_GUARD_CLASSES", "*",
          "POOLWATCH_FINGERPRINT", "1",
          "POOLWATCH_FINGERPRINT_CLASSES", "*",
          "POOLWATCH_FINGERPRINT_NETTY_RECYCLER", "true",
          "POOLWATCH_STACK_MAX", "1000000",
          "POOLWATCH_LOG_LEVEL", "debug",
          "POOLWATCH_SUMMARY_PERIOD", "0s");

  @TempDir Path data;

  @Test
  void nettysHttpServerAndClients() throws Exception {
    String log = clean("http", HttpWorkload.class, List.of(SECONDS), "requests ", EVERYTHING);
    assertThat(log)
        .contains("netty_recycler")
        .containsPattern("guard: io\\.netty\\.[\\w.$]+ is guarded in \\d+ methods");
  }

  @Test
  void nettysHttpServerAndClientsAtDefaults() throws Exception {
    assertThat(clean("http", HttpWorkload.class, List.of(SECONDS), "requests ", Map.of()))
        .contains("netty_recycler");
  }

  @Test
  @NeedsServers("redis-server")
  void lettuce() throws Exception {
    int port = FreePorts.next();
    try (ServerProcess redis = RedisIT.redis("lettuce-redis", port, data)) {
      redis.awaitListening(port);
      String log =
          clean(
              "lettuce",
              LettuceWorkload.class,
              List.of(String.valueOf(port), SECONDS),
              "commands ",
              EVERYTHING);
      assertThat(log)
          .contains("commons_pool2")
          .containsPattern("guard: io\\.lettuce\\.[\\w.$]+ is guarded in \\d+ methods");
    }
  }

  /** Runs a service to its end, and gives what was logged. */
  private static String clean(
      String name,
      Class<?> workload,
      List<String> arguments,
      String result,
      Map<String, String> settings)
      throws Exception {
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("OTEL_METRICS_EXPORTER", "none");
    try (WatchedJvm service = WatchedJvm.start(name, workload, arguments, environment)) {
      String line = service.awaitLine(result);
      service.letGo();
      System.out.println(name + ": " + line);
      assertThat(Long.parseLong(line.substring(result.length()))).isGreaterThan(LEAST);
      assertThat(service.log())
          .as(line)
          .contains("pools at exit")
          .doesNotContain(" WARN ")
          .doesNotContain("Exception");
      return service.log();
    }
  }
}
