package io.poolwatch.agent.cli;

import static io.poolwatch.agent.cli.LoadedFigures.all;
import static io.poolwatch.agent.cli.LoadedFigures.hasCountedTheSame;
import static io.poolwatch.agent.cli.LoadedFigures.hasTheSameObjects;
import static io.poolwatch.agent.cli.LoadedFigures.of;
import static io.poolwatch.agent.cli.LoadedFigures.poolOf;
import static io.poolwatch.agent.cli.LoadedFigures.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.poolwatch.fork.Jdks;
import io.poolwatch.fork.Libraries;
import io.poolwatch.fork.ServiceJar;
import io.poolwatch.pool.ThreadLocalPool;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    service = ServiceJar.build(directory, "loadedpools", library("2.0"), netty("4.1.9"), bundled());
  }

  private static Path library(String version) {
    return Libraries.jar("commons-pool2-" + version);
  }

  private static Path netty(String version) {
    return Libraries.jar("netty-common-" + version + ".Final");
  }

  private static Path bundled() {
    try {
      return Path.of(
          ThreadLocalPool.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static Stream<Arguments> releases() {
    Path own = Jdks.own();
    if (!Boolean.getBoolean("matrix")) {
      return Stream.of(Arguments.of("2.13.1", "4.1.119", own));
    }
    List<Path> homes = new ArrayList<>(Jdks.others());
    homes.add(own);
    return homes.stream()
        .flatMap(
            home ->
                Stream.of(
                    Arguments.of("2.0", "4.1.9", home),
                    Arguments.of("2.4.2", "4.1.52", home),
                    Arguments.of("2.6.2", "4.1.70", home),
                    Arguments.of("2.9.0", "4.1.71", home),
                    Arguments.of("2.11.1", "4.1.140", home),
                    Arguments.of("2.12.0", "4.2.6", home),
                    Arguments.of("2.13.1", "4.2.20", home)));
  }

  @ParameterizedTest
  @MethodSource("releases")
  void poolsInUseAreCountedToTheUnitFromTheAttachOn(String version, String netty, Path home)
      throws Exception {
    assumeTrue(Files.isDirectory(home));
    Path live = Files.createTempDirectory(directory, "live");
    try (LoadedJvm loaded =
        LoadedJvm.start(
            home,
            directory,
            "example.loadedpools.LoadedService",
            service,
            library(version),
            netty(netty),
            bundled())) {
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

      LoadedShares.haveHitsAndNothingUnknown(answer);

      Map<String, Long> before = loaded.tell("pause");
      JsonObject agentBefore = all(loaded, directory, live);
      assertThat(before).containsEntry("plain held", 2L).containsEntry("keyed held", 2L);
      for (String pool : new String[] {"plain", "keyed", "soft"}) {
        hasTheSameObjects(poolOf(agentBefore, pool), pool, before);
      }
      loaded.tell("return");
      loaded.tell("go");
      Thread.sleep(1_500);
      Map<String, Long> after = loaded.tell("pause");
      JsonObject agentAfter = all(loaded, directory, live);
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
      LoadedShares.lettersHaveCountedTheSame(agentBefore, agentAfter, before, after);
      LoadedShares.buildersHaveCountedTheSame(agentBefore, agentAfter, before, after);
      assertThat(sum(poolOf(agentAfter, "plain"), "misses")).isPositive();
      assertThat(loaded.log()).doesNotContain("Exception").doesNotContain("[poolwatch]");
    }
  }
}
