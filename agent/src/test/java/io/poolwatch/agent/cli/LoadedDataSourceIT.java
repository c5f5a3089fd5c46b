package io.poolwatch.agent.cli;

import static io.poolwatch.agent.cli.LoadedFigures.all;
import static io.poolwatch.agent.cli.LoadedFigures.grown;
import static io.poolwatch.agent.cli.LoadedFigures.hasCountedTheSame;
import static io.poolwatch.agent.cli.LoadedFigures.hasTheSameObjects;
import static io.poolwatch.agent.cli.LoadedFigures.of;
import static io.poolwatch.agent.cli.LoadedFigures.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.poolwatch.fork.Jdks;
import io.poolwatch.fork.Libraries;
import io.poolwatch.fork.Matrix;
import io.poolwatch.fork.ServiceJar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code top} on a service that asks a database through DBCP2 at that moment: between two moments
 * at which the service rests, both count the same.
 */
@Matrix("needs DBCP2 and H2")
class LoadedDataSourceIT {
  private static final String POOL = "data";

  @TempDir Path directory;

  static Stream<Arguments> runs() {
    List<Path> homes = new ArrayList<>(Jdks.others());
    homes.add(Jdks.own());
    return homes.stream()
        .flatMap(home -> Stream.of("2.12.0", "2.13.1").map(version -> Arguments.of(version, home)));
  }

  @ParameterizedTest
  @MethodSource("runs")
  void connectionsInUseAreCountedToTheUnitFromTheAttachOn(String version, Path home)
      throws Exception {
    assumeTrue(Files.isDirectory(home));
    Path[] libraries =
        Stream.of(
                "commons-dbcp2-2.14.0",
                "commons-pool2-" + version,
                "commons-logging-1.3.5",
                "jakarta.transaction-api-1.3.3",
                "h2-2.2.224")
            .map(Libraries::jar)
            .toArray(Path[]::new);
    Path service = ServiceJar.build(directory, "loadeddata", libraries);
    Path[] classPath = Stream.concat(Stream.of(service), Stream.of(libraries)).toArray(Path[]::new);
    Path live = Files.createTempDirectory(directory, "live");
    try (LoadedJvm loaded =
        LoadedJvm.start(home, directory, "example.loadeddata.DataService", classPath)) {
      Thread.sleep(500);
      Tool top =
          Tool.packaged(
              List.of(), "top", loaded.pid(), "--once", "--json", "--directory", live.toString());
      assertThat(top.exit).as("%s\n%s", top, loaded.log()).isZero();
      JsonObject answer = JsonParser.parseString(top.out).getAsJsonObject();
      assertThat(answer.getAsJsonArray("not_watched")).as(top.out).isEmpty();
      assertThat(only(answer).get("hit_percent").getAsDouble()).as(top.out).isPositive();

      Map<String, Long> before = loaded.tell("pause");
      JsonObject then = only(all(loaded, directory, live));
      hasTheSameObjects(then, POOL, before);
      loaded.tell("return");
      loaded.tell("go");
      Thread.sleep(2_000);
      Map<String, Long> after = loaded.tell("pause");
      JsonObject now = only(all(loaded, directory, live));
      hasTheSameObjects(now, POOL, after);
      hasCountedTheSame(then, now, POOL, before, after, 0);
      assertThat(of(now, "removed", "evicted") - of(then, "removed", "evicted"))
          .as("evicted: %s", now)
          .isEqualTo(grown(POOL + " evicted", before, after))
          .isPositive();
      assertThat(sum(now, "misses")).as(now.toString()).isPositive();
      assertThat(of(now, "borrows", "exhausted")).as(now.toString()).isPositive();
      assertThat(sum(now, "violations")).as(now.toString()).isZero();
      assertThat(of(now, "created") + of(now, "inherited"))
          .as(now.toString())
          .isEqualTo(of(now, "idle") + of(now, "used") + sum(now, "removed"));
      assertThat(loaded.log()).doesNotContain("Exception").doesNotContain("[poolwatch]");
    }
  }

  private static JsonObject only(JsonObject answer) {
    JsonArray pools = answer.getAsJsonArray("pools");
    assertThat(pools).as(answer.toString()).hasSize(1);
    return pools.get(0).getAsJsonObject();
  }
}
