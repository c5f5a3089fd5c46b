package io.poolwatch.servers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.poolwatch.docker.RepositoryFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code top} on a service that uses Redis through Jedis at that moment: between two moments at
 * which the service rests, both count the same.
 */
class LoadedRedisIT {
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  @TempDir Path folder;

  @Test
  @NeedsServers("redis-server")
  void connectionsInUseAreCountedToTheUnitFromTheAttachOn() throws Exception {
    int port = FreePorts.next();
    try (ServerProcess redis = RedisIT.redis("loaded-redis-server", port, folder)) {
      redis.awaitListening(port);
      List<String> command =
          List.of(
              JAVA,
              "-cp",
              WatchedJvm.serviceClassPath(),
              LoadedRedis.class.getName(),
              String.valueOf(port));
      try (ServerProcess service =
          ServerProcess.startForOutput("loaded-redis", command, Map.of())) {
        BufferedReader said =
            new BufferedReader(new InputStreamReader(service.output(), StandardCharsets.UTF_8));
        String ready = said.readLine();
        assertThat(ready).as(service.logText()).startsWith("ready ");
        String pid = ready.substring("ready ".length());
        Thread.sleep(500);
        Programs.Run top = tool("top", pid, "--once");
        assertThat(top.exitCode).as(top.output).isZero();

        Map<String, Long> before = tell(service, said, "pause");
        JsonNode then = figures(pid);
        hasTheSameObjects(then, before);
        tell(service, said, "return");
        tell(service, said, "go");
        Thread.sleep(1_500);
        Map<String, Long> after = tell(service, said, "pause");
        JsonNode now = figures(pid);
        hasTheSameObjects(now, after);
        String as = String.format("%s%n%s%n%s%n%s", then, now, before, after);
        assertThat(lent(now) - lent(then))
            .as(as)
            .isEqualTo(after.get("borrowed") - before.get("borrowed"))
            .isPositive();
        assertThat(sum(now, "misses")).as(as).isEqualTo(of(now, "borrows", "miss")).isPositive();
        assertThat(sum(now, "returns") - sum(then, "returns"))
            .as(as)
            .isEqualTo(after.get("returned") - before.get("returned"));
        assertThat(of(now, "created") - of(then, "created"))
            .as(as)
            .isEqualTo(after.get("created") - before.get("created"));
        assertThat(sum(now, "removed") - sum(then, "removed"))
            .as(as)
            .isEqualTo(after.get("destroyed") - before.get("destroyed"))
            .isPositive();
        assertThat(sum(now, "violations")).as(as).isZero();
        assertThat(of(now, "created") + of(now, "inherited"))
            .as(as)
            .isEqualTo(of(now, "idle") + of(now, "used") + sum(now, "removed"));
        assertThat(service.logText()).doesNotContain("Exception").doesNotContain("[poolwatch]");
      }
    }
  }

  private static long lent(JsonNode pool) {
    return of(pool, "borrows", "hit") + of(pool, "borrows", "miss");
  }

  private static void hasTheSameObjects(JsonNode agent, Map<String, Long> service) {
    assertThat(of(agent, "idle")).as("%s of %s", agent, service).isEqualTo(service.get("idle"));
    assertThat(of(agent, "used")).as("%s of %s", agent, service).isEqualTo(service.get("active"));
  }

  private static Map<String, Long> tell(ServerProcess service, BufferedReader said, String word)
      throws IOException {
    service.input().write((word + '\n').getBytes(StandardCharsets.UTF_8));
    service.input().flush();
    String line = said.readLine();
    assertThat(line).as(service.logText()).startsWith("counts ");
    Map<String, Long> counts = new HashMap<>();
    for (String each : line.substring("counts ".length()).split(" ")) {
      String[] figure = each.split("=");
      counts.put(figure[0], Long.valueOf(figure[1]));
    }
    return counts;
  }

  /** What the agent knows of the only pool, once it has looked into it again. */
  private JsonNode figures(String pid) throws Exception {
    Thread.sleep(2_500);
    Path file = folder.resolve("figures.json");
    Programs.Run report = tool("report", pid, file.toString());
    assertThat(report.exitCode).as(report.output).isZero();
    JsonNode pools = new ObjectMapper().readTree(Files.readString(file)).get("pools");
    assertThat(pools).as("%s", pools).hasSize(1);
    return pools.get(0);
  }

  private static long of(JsonNode pool, String... path) {
    JsonNode at = pool;
    for (String each : path) {
      at = at.path(each);
    }
    return at.asLong();
  }

  private static long sum(JsonNode pool, String figure) {
    long sum = 0;
    for (JsonNode each : pool.path(figure)) {
      sum += each.asLong();
    }
    return sum;
  }

  private Programs.Run tool(String... words) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(JAVA);
    command.add("-jar");
    command.add(RepositoryFiles.file("agent/target/poolwatch.jar").toString());
    command.addAll(List.of(words));
    command.add("--directory");
    command.add(folder.toString());
    return Programs.run("", command);
  }
}
