package io.poolwatch.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.poolwatch.fork.Jdks;
import io.poolwatch.fork.Libraries;
import io.poolwatch.fork.ServiceJar;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code top} on a service that was started without the agent and has its pools under load: between
 * two moments at which the service rests, both count the same.
 */
class LoadedPoolsIT {
  private static final String[] POOLS = {"plain", "keyed", "soft", "narrow"};

  @TempDir static Path directory;
  private static Path service;

  @BeforeAll
  static void compile() {
    service = ServiceJar.build(directory, "loadedpools", library("2.0"));
  }

  private static Path library(String version) {
    return Libraries.jar("commons-pool2-" + version);
  }

  static Stream<Arguments> releases() {
    Path own = Jdks.own();
    if (!Boolean.getBoolean("matrix")) {
      return Stream.of(Arguments.of("2.13.1", own));
    }
    List<Path> homes = new ArrayList<>(Jdks.others());
    homes.add(own);
    return homes.stream()
        .flatMap(
            home ->
                Stream.of("2.0", "2.4.2", "2.6.2", "2.9.0", "2.11.1", "2.12.0", "2.13.1")
                    .map(version -> Arguments.of(version, home)));
  }

  @ParameterizedTest
  @MethodSource("releases")
  void poolsInUseAreCountedToTheUnitFromTheAttachOn(String version, Path home) throws Exception {
    assumeTrue(Files.isDirectory(home));
    Path live = Files.createTempDirectory(directory, "live");
    try (Loaded loaded = Loaded.start(home, service, library(version))) {
      Thread.sleep(300);
      Tool top =
          Tool.packaged(
              List.of(), "top", loaded.pid(), "--once", "--json", "--directory", live.toString());
      assertThat(top.exit).as("%s\n%s", top, loaded.log()).isZero();
      assertThat(top.err).contains("is attached to it now").contains("stays in");
      JsonObject answer = JsonParser.parseString(top.out).getAsJsonObject();
      assertThat(answer.getAsJsonArray("not_watched")).as(top.out).isEmpty();
      for (String pool : new String[] {"plain", "keyed", "soft"}) {
        JsonObject shown = poolOf(answer, pool);
        assertThat(shown.get("hit_percent").getAsDouble()).as(top.out).isBetween(20.0, 99.9);
        assertThat(shown.has("tenured")).as("not known of loaded classes").isFalse();
      }

      Map<String, Long> before = loaded.tell("pause");
      JsonObject agentBefore = figures(loaded, live);
      assertThat(before).containsEntry("plain held", 2L).containsEntry("keyed held", 2L);
      for (String pool : new String[] {"plain", "keyed", "soft"}) {
        hasTheSameObjects(poolOf(agentBefore, pool), pool, before);
      }
      loaded.tell("return");
      loaded.tell("go");
      Thread.sleep(1_500);
      Map<String, Long> after = loaded.tell("pause");
      JsonObject agentAfter = figures(loaded, live);
      for (String pool : POOLS) {
        JsonObject now = poolOf(agentAfter, pool);
        hasTheSameObjects(now, pool, after);
        // All that used this pool waited in it: that borrow was not seen; its return was.
        long unseen = pool.equals("narrow") ? 1 : 0;
        JsonObject then = pool.equals("narrow") ? new JsonObject() : poolOf(agentBefore, pool);
        hasCountedTheSame(then, now, pool, before, after, unseen);
        assertThat(sum(now, "violations")).as(now.toString()).isZero();
        assertThat(of(now, "created") + of(now, "inherited"))
            .as(now.toString())
            .isEqualTo(of(now, "idle") + of(now, "used") + sum(now, "removed"));
      }
      assertThat(sum(poolOf(agentAfter, "plain"), "misses")).isPositive();
      assertThat(loaded.log()).doesNotContain("Exception").doesNotContain("[poolwatch]");
    }
  }

  private static void hasTheSameObjects(JsonObject agent, String pool, Map<String, Long> service) {
    assertThat(of(agent, "idle"))
        .as("idle in %s of %s", agent, service)
        .isEqualTo(service.get(pool + " idle"));
    assertThat(of(agent, "used"))
        .as("used in %s of %s", agent, service)
        .isEqualTo(service.get(pool + " active"));
  }

  private static void hasCountedTheSame(
      JsonObject then,
      JsonObject now,
      String pool,
      Map<String, Long> before,
      Map<String, Long> after,
      long unseen) {
    String as = String.format("%s\n%s\n%s\n%s", then, now, before, after);
    long borrowed = grown(pool + " borrowed", before, after);
    long hits = of(now, "borrows", "hit") - of(then, "borrows", "hit");
    long misses = of(now, "borrows", "miss") - of(then, "borrows", "miss");
    assertThat(hits + misses).as("borrowed: %s", as).isEqualTo(borrowed - unseen).isPositive();
    long failed = grown(pool + " failed", before, after);
    assertThat(sum(now, "borrows") - sum(then, "borrows") - hits - misses)
        .as("not borrowed: %s", as)
        .isEqualTo(failed);
    assertThat(sum(now, "misses") - sum(then, "misses")).as("causes: %s", as).isEqualTo(misses);
    assertThat(sum(now, "returns") - sum(then, "returns"))
        .as("returned: %s", as)
        .isEqualTo(grown(pool + " returned", before, after));
    assertThat(of(now, "created") - of(then, "created"))
        .as("created: %s", as)
        .isEqualTo(grown(pool + " made", before, after));
    assertThat(sum(now, "removed") - sum(then, "removed"))
        .as("removed: %s", as)
        .isEqualTo(grown(pool + " destroyed", before, after));
    assertThat(of(now, "removed", "invalidated") - of(then, "removed", "invalidated"))
        .as("invalidated: %s", as)
        .isEqualTo(grown(pool + " invalidated", before, after));
  }

  private static long grown(String figure, Map<String, Long> before, Map<String, Long> after) {
    return after.get(figure) - before.get(figure);
  }

  /** All that the agent knows; once it has looked into the pools again. */
  private static JsonObject figures(Loaded loaded, Path live) throws Exception {
    Thread.sleep(2_500);
    Path file = directory.resolve("figures.json");
    Tool report =
        Tool.here("report", loaded.pid(), file.toString(), "--directory", live.toString());
    assertThat(report.exit).as(report.toString()).isZero();
    return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
  }

  private static JsonObject poolOf(JsonObject answer, String pool) {
    for (JsonElement each : answer.getAsJsonArray("pools")) {
      JsonObject found = each.getAsJsonObject();
      if (found.get("name").getAsString().equalsIgnoreCase("LoadedService." + pool)) {
        return found;
      }
    }
    throw new AssertionError("no pool " + pool + " in " + answer);
  }

  private static long of(JsonObject pool, String... path) {
    JsonElement at = pool;
    for (String each : path) {
      at = at.getAsJsonObject().get(each);
      if (at == null) {
        return 0;
      }
    }
    return at.getAsLong();
  }

  private static long sum(JsonObject pool, String figure) {
    return !pool.has(figure)
        ? 0
        : pool.getAsJsonObject(figure).asMap().values().stream()
            .mapToLong(JsonElement::getAsLong)
            .sum();
  }

  /** The service, in a JVM of its own that knows nothing of the agent. */
  private static final class Loaded implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private final Path log;

    private Loaded(Process process, Path log) {
      this.process = process;
      this.log = log;
      out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static Loaded start(Path home, Path... classPath) throws IOException {
      Path log = Files.createTempFile(directory, "service", ".log");
      List<String> command = new ArrayList<>();
      command.add(home.resolve("bin").resolve("java").toString());
      command.add("-XX:+IgnoreUnrecognizedVMOptions");
      command.add("-XX:+EnableDynamicAgentLoading");
      command.add("-cp");
      command.add(
          String.join(
              File.pathSeparator, Stream.of(classPath).map(Path::toString).toArray(String[]::new)));
      command.add("example.loadedpools.LoadedService");
      ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
      builder.environment().keySet().removeIf(name -> name.matches("(POOLWATCH|OTEL|JAVA|JDK)_.*"));
      Loaded loaded = new Loaded(builder.start(), log);
      String said = loaded.out.readLine();
      if (!"ready".equals(said)) {
        throw new AssertionError(said + Files.readString(log));
      }
      return loaded;
    }

    String pid() {
      return String.valueOf(process.pid());
    }

    String log() throws IOException {
      return Files.readString(log);
    }

    /** Tells it something; gives what it has counted then. */
    Map<String, Long> tell(String word) throws IOException {
      process.getOutputStream().write((word + '\n').getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
      Map<String, Long> figures = new HashMap<>();
      for (String line = out.readLine(); !".".equals(line); line = out.readLine()) {
        if (line == null) {
          throw new AssertionError("the service ended: " + log());
        }
        int value = line.lastIndexOf(' ');
        figures.put(line.substring(0, value), Long.parseLong(line.substring(value + 1)));
      }
      return figures;
    }

    @Override
    public void close() throws InterruptedException {
      process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
    }
  }
}
