package io.poolwatch.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.poolwatch.fork.ForkedJvm;
import io.poolwatch.fork.ForkedRun;
import io.poolwatch.fork.Jdks;
import io.poolwatch.fork.Libraries;
import io.poolwatch.fork.Matrix;
import io.poolwatch.fork.ServiceJar;
import io.poolwatch.pool.ThreadLocalPool;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the agent says of promotion against HotSpot's own word for where an object is, for each
 * object of a pool in which objects are born all the time. The figures of the whole matrix are in
 * docs/promotion.md; each run prints its own.
 */
@Execution(ExecutionMode.CONCURRENT)
final class PromotionTruthIT {
  private static final String ZGC = "-XX:+UseZGC -XX:-ZProactive -XX:ZCollectionIntervalMinor=0.5";

  private static final String NO_COUNTERS = "-XX:-UsePerfData -XX:+Use";
  private static final double CONCURRENT = 0.98;
  private static final double STEADY = 0.999;
  private static final double DISTURBED = 0.995;

  /**
   * Enough for each collector to have lowered its threshold from 15, one at a time. Before that,
   * what was promoted for lack of room can only be told once the collection was: not of moments
   * before.
   */
  private static final int ADAPTED = 18;

  /** Of what lives when the JVM has started, the survivors of less than that have no room. */
  private static final int SMALL = 32;

  private static final Pattern FIGURE = Pattern.compile("([\\w ]+) = (\\d+)");

  @TempDir static Path directory;
  private static Path service;
  private static Path whiteBox;

  @BeforeAll
  static void compile() throws URISyntaxException {
    service =
        ServiceJar.build(
            directory,
            "tenured",
            Libraries.COMMONS_POOL2,
            Libraries.NETTY,
            Path.of(
                ThreadLocalPool.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
    whiteBox = ServiceJar.build(directory, "whitebox");
  }

  @ParameterizedTest
  @CsvSource({
    "-XX:+UseG1GC, steady",
    "-XX:+UseParallelGC, full",
    "-XX:+UseSerialGC, overflow",
  })
  void whatIsSaidToBeOldIsOld(String collector, String mode) {
    // The collectors' own 15 takes longer than this may.
    check(Jdks.own(), collector + " -XX:MaxTenuringThreshold=5", mode, 96, 4);
  }

  /** Its recorder needs a second to begin, and tells two seconds late. */
  @Test
  void whatIsSaidToBeOldIsOldUnderGenerationalZgc() {
    Optional<Path> home = Jdks.find(25);
    assumeTrue(home.isPresent(), Jdks.missing(25));
    check(home.orElseThrow(), ZGC, "steady", 96, 5);
  }

  @ParameterizedTest
  @Matrix("minutes")
  @MethodSource("matrix")
  void whatIsSaidToBeOldIsOldEverywhere(Path home, String collector, String mode, int young) {
    // So that something grows old in that time: a large young generation is collected rarely, and
    // of the few objects beside a small one hardly any lives for the collectors' own 15.
    boolean isRarelyCollected = young > 200 && mode.equals("steady");
    int threshold = isRarelyCollected ? 2 : young > 200 || young < SMALL ? 5 : 15;
    check(
        home,
        collector + " -XX:MaxTenuringThreshold=" + threshold,
        mode,
        young,
        isRarelyCollected ? 20 : 8);
  }

  static List<Arguments> matrix() {
    List<Arguments> all = new ArrayList<>();
    for (Path home :
        Stream.concat(Jdks.all(), Jdks.others().stream()).distinct().toArray(Path[]::new)) {
      for (String collector : new String[] {"G1", "Parallel", "Serial"}) {
        for (String mode : new String[] {"steady", "overflow", "full"}) {
          for (int young : new int[] {16, 64, 256}) {
            all.add(arguments(home, "-XX:+Use" + collector + "GC", mode, young));
          }
        }
      }
    }
    for (String collector : new String[] {"G1", "Parallel", "Serial"}) {
      all.add(arguments(Jdks.own(), NO_COUNTERS + collector + "GC", "steady", 96));
    }
    for (int release : new int[] {21, 25, 26}) {
      Optional<Path> home = Jdks.find(release);
      if (home.isPresent()) {
        String generational = release == 21 ? " -XX:+ZGenerational" : "";
        for (String mode : new String[] {"steady", "overflow", "full"}) {
          all.add(arguments(home.orElseThrow(), ZGC + generational, mode, 96));
        }
      }
    }
    return all;
  }

  private static void check(Path home, String collector, String mode, int young, int seconds) {
    // In steady state a thirtieth of the young generation lives; half of it in overflow, which is
    // more than its survivors have room for.
    int objects = young * 40;
    int bytes = mode.equals("overflow") ? 12_500 : 200;
    int heap = 4 * young + 128;
    ForkedRun run =
        ForkedJvm.bare()
            .home(home)
            .agent(Libraries.agent(), "promotion.recorder=true")
            .options("-Xbootclasspath/a:" + whiteBox)
            .options("-XX:+UnlockDiagnosticVMOptions", "-XX:+UnlockExperimentalVMOptions")
            .options("-XX:+WhiteBoxAPI")
            .options(collector.split(" "))
            // All of it from the start: an old generation that has yet to grow is full at once.
            .options("-Xmn" + young + "m", "-Xms" + heap + "m", "-Xmx" + heap + "m")
            .classPath(service, Libraries.COMMONS_POOL2)
            .run(
                "example.tenured.Tenured",
                mode,
                Integer.toString(seconds),
                Integer.toString(bytes),
                Integer.toString(objects),
                Integer.toString(Math.min(young * 4, 400)),
                Integer.toString(mode.equals("overflow") || young < SMALL ? ADAPTED : 0),
                collector.contains("G1") ? "600000" : "16")
            .succeeded()
            .withoutComplaint();
    Figures figures = new Figures(run.out());
    String title = home.getFileName() + " " + collector + " " + mode + " young " + young;
    figures.print(title);
    double least =
        collector.contains("ZGC") ? CONCURRENT : mode.equals("steady") ? STEADY : DISTURBED;
    assertThat(figures.of("looks")).as("%s", run).isGreaterThan(2);
    // Something must be there to be wrong about. Of ZGC the looks that meet a cycle do not count.
    assertThat(figures.of("then both"))
        .as("%s", run)
        .isGreaterThan(collector.contains("ZGC") ? objects / 10L : objects / 2L);
    assertThat(figures.of("then neither")).as("%s", run).isGreaterThan(objects / 20L);
    assertThat(figures.precision("now")).as("%s", run).isGreaterThanOrEqualTo(least);
    assertThat(figures.recall("now")).as("%s", run).isGreaterThanOrEqualTo(least);
    if (figures.of("first both") + figures.of("first jvm only") > 0) {
      assertThat(figures.precision("first")).as("%s", run).isGreaterThanOrEqualTo(least);
      assertThat(figures.recall("first")).as("%s", run).isGreaterThanOrEqualTo(least);
    }
    assertThat(figures.precision("then")).as("%s", run).isGreaterThanOrEqualTo(least);
    if (!collector.contains("ZGC")) {
      // There a whole look may come out a cycle late; docs/promotion.md says how much was seen.
      assertThat(figures.recall("then")).as("%s", run).isGreaterThanOrEqualTo(least);
    }
    assertThat(figures.of("arrays both")).as("%s", run).isEqualTo(collector.contains("G1") ? 1 : 0);
    assertThat(figures.of("arrays agent only")).as("%s", run).isZero();
    assertThat(figures.of("arrays jvm only")).as("%s", run).isZero();
  }

  /** What the service prints, between what the JVM prints about its test interface. */
  private static final class Figures {
    private final Map<String, Long> values = new HashMap<>();

    Figures(String out) {
      Matcher matcher = FIGURE.matcher(out);
      while (matcher.find()) {
        values.put(matcher.group(1), Long.valueOf(matcher.group(2)));
      }
    }

    long of(String name) {
      return values.getOrDefault(name, 0L);
    }

    double precision(String when) {
      return of(when + " both") / (double) (of(when + " both") + of(when + " agent only"));
    }

    double recall(String when) {
      return of(when + " both") / (double) (of(when + " both") + of(when + " jvm only"));
    }

    void print(String title) {
      System.out.printf(
          "%s: precision %.4f recall %.4f, later %.4f %.4f, at first %.4f %.4f, by the rule"
              + " alone %.4f %.4f, %d looks, old %d of %d, collections %s%n",
          title,
          precision("now"),
          recall("now"),
          precision("then"),
          recall("then"),
          precision("first"),
          recall("first"),
          precision("rule"),
          recall("rule"),
          of("looks"),
          of("then both"),
          of("then both") + of("then neither"),
          values.entrySet().stream()
              .filter(each -> each.getKey().matches("G1 .*|PS .*|Copy|Mark.*|ZGC .*"))
              .map(each -> each.getKey() + " " + each.getValue())
              .collect(Collectors.joining(", ")));
    }
  }
}
