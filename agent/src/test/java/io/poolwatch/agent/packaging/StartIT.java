package io.poolwatch.agent.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.agent.packaging.Jvm.Result;
import io.poolwatch.agent.service.AttachingService;
import io.poolwatch.agent.service.PoolService;
import io.poolwatch.agent.service.QuietService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.pool2.ObjectPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Starting under the agent, well and badly configured. */
class StartIT {
  private static final List<Class<?>> POOL2 = List.of(ObjectPool.class);

  @ParameterizedTest
  @MethodSource("io.poolwatch.fork.Jdks#all")
  void serviceWithoutPoolsPrintsWhatItPrintedByteForByte(Path home) throws Exception {
    Result bare = Jvm.at(home).run(QuietService.class, List.of());
    Result watched = Jvm.at(home).agent("").run(QuietService.class, List.of());
    assertThat(watched.exit).isZero();
    assertThat(watched.out).isEqualTo(bare.out).contains("service: out");
    assertThat(watched.err).isEqualTo(bare.err).contains("service: err");
  }

  @ParameterizedTest
  @MethodSource("io.poolwatch.fork.Jdks#all")
  void poolIsCountedAndToldAtExit(Path home) throws Exception {
    Result watched = Jvm.at(home).agent("").run(PoolService.class, POOL2);
    assertThat(watched.out).isEqualToIgnoringNewLines("service: borrowed 100");
    assertThat(watched.errLines()).hasSize(4);
    assertThat(watched.errLines().get(0))
        .startsWith("[poolwatch] INFO guarded against use after return: ");
    assertThat(watched.errLines().get(1)).isEqualTo("[poolwatch] INFO pools at exit:");
    assertThat(watched.errLines().get(3).trim().split(" +"))
        .containsExactly(
            "PoolService.Text", "commons_pool2", "100", "99.0", "1", "0", "0", "1", "0");
  }

  @ParameterizedTest
  @MethodSource("io.poolwatch.fork.Jdks#all")
  void agentStartsUpNoInvokedynamicBeforeMain(Path home, @TempDir Path folder) throws Exception {
    Path log = folder.resolve("classes");
    Jvm.at(home)
        .agent("")
        .option("-Xlog:class+load:file=" + log)
        .run(QuietService.class, List.of());
    List<String> loaded = Files.readAllLines(log);
    // What comes before is the JVM's own, which calls premain so, and makes this class so, from 18
    // on.
    int begin = lineOf("io.poolwatch.agent.start.AgentStart", loaded);
    int main = lineOf(QuietService.class.getName(), loaded);
    assertThat(loaded.subList(begin, main))
        .hasSizeGreaterThan(20)
        .noneMatch(line -> line.contains(".StringConcatFactory"))
        .noneMatch(line -> line.contains(".LambdaForm$MH/"));
  }

  private static int lineOf(String className, List<String> loaded) {
    for (int i = 0; i < loaded.size(); i++) {
      if (loaded.get(i).contains(" " + className + " ")) {
        return i;
      }
    }
    throw new AssertionError(className + " was not loaded");
  }

  @Test
  void whatIsGuardedIsToldAtExitWithoutTheTableToo() throws Exception {
    Result watched = Jvm.own().agent("exit.table=false").run(PoolService.class, POOL2);
    assertThat(watched.errLines()).hasSize(1);
    assertThat(watched.errLines().get(0))
        .startsWith("[poolwatch] INFO guarded against use after return: ");
    Result unguarded =
        Jvm.own().agent("exit.table=false,guard=false").run(PoolService.class, POOL2);
    assertThat(unguarded.errLines()).isEmpty();
  }

  @Test
  void libraryThatIsSwitchedOffIsNotWatched() throws Exception {
    Result watched = Jvm.own().agent("commons_pool2.enabled=false").run(PoolService.class, POOL2);
    assertThat(watched.out).contains("borrowed 100");
    assertThat(watched.err).isEmpty();
  }

  @Test
  void everythingCanBeSwitchedOff() throws Exception {
    Result watched =
        Jvm.own().agent("").variable("POOLWATCH_ENABLED", "false").run(PoolService.class, POOL2);
    assertThat(watched.out).contains("borrowed 100");
    assertThat(watched.err).isEmpty();
  }

  @Test
  void excludedClassesAreNotWovenAndExcludedPoolsNotTold() throws Exception {
    for (String key : List.of("classes.exclude=*.commons.pool2.*", "pools.exclude=*Text")) {
      Result watched = Jvm.own().agent(key).run(PoolService.class, POOL2);
      assertThat(watched.out).contains("borrowed 100");
      assertThat(watched.err).isEmpty();
    }
  }

  @Test
  void userNamesPools() throws Exception {
    Result watched = Jvm.own().agent("name.*TextFactory=texts").run(PoolService.class, POOL2);
    assertThat(watched.errLines().get(3)).contains("texts  commons_pool2");
  }

  @Test
  void badInputIsOneLineEachAndTheServiceRuns(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("broken"), "pools.max=\\uXYZ");
    Result watched =
        Jvm.own()
            .agent("sampel.rate=1,log.level=wran,config=" + file)
            .option("-Dpoolwatch.track.max=many")
            .variable("POOLWATCH_POOL_MAX", "3")
            .run(PoolService.class, POOL2);
    assertThat(watched.exit).isZero();
    assertThat(watched.out).contains("borrowed 100");
    assertThat(watched.errLines())
        .hasSize(9)
        .anyMatch(line -> line.contains("WARN unknown key \"sampel.rate\""))
        .anyMatch(line -> line.contains("WARN bad value \"wran\" of key \"log.level\""))
        .anyMatch(line -> line.contains("WARN bad value \"many\" of key \"track.max\""))
        .anyMatch(line -> line.contains("WARN unknown key \"POOLWATCH_POOL_MAX\""))
        .anyMatch(line -> line.contains("is not used: it is malformed"))
        .anyMatch(line -> line.contains("INFO pools at exit"));
  }

  @Test
  void helpListsTheKeysAndTheJvmGoesOn() throws Exception {
    Result help = Jvm.own().agent("help").run("-version");
    assertThat(help.exit).isZero();
    assertThat(help.out).contains("sample.rate=").contains("name.PATTERN=");
    assertThat(help.err).contains("version \"");
    Result asProgram = Jvm.own().run("-jar", Jvm.JAR.toString());
    assertThat(asProgram.exit).isZero();
    assertThat(asProgram.out).isEqualTo(help.out);
    assertThat(asProgram.err).isEmpty();
  }

  @Test
  void secondAgentIsIgnoredWithOneLine() throws Exception {
    Result watched = Jvm.own().agent("").agent("").run(QuietService.class, List.of());
    assertThat(watched.out).contains("service: out");
    assertThat(watched.errLines()).hasSize(2);
    assertThat(watched.errLines().get(0)).contains("[poolwatch] is already active in this JVM");
  }

  @Test
  void attachedAgentSaysWhatItCannotSeeAndWatchesTheRest() throws Exception {
    Result watched =
        Jvm.own()
            .option("-Djdk.attach.allowAttachSelf=true", "-XX:+IgnoreUnrecognizedVMOptions")
            .option("-XX:+EnableDynamicAgentLoading")
            .run(AttachingService.class, POOL2, Jvm.JAR.toString());
    assertThat(watched.out).contains("borrowed 100");
    assertThat(watched.errLines())
        .anyMatch(line -> line.contains("WARN attached to a running service"))
        .anyMatch(line -> line.contains("is already active in this JVM"))
        .anyMatch(line -> line.contains("PoolService.Text"));
  }

  @Test
  void jarMayLieInAFolderWithSpacesAndLettersOfAllKinds(@TempDir Path folder) throws Exception {
    Path odd = Files.createDirectories(folder.resolve("pool watch %41 größe#1"));
    Path jar = Files.copy(Jvm.JAR, odd.resolve("pool wätch+.jar"));
    Result watched = Jvm.own().agent(jar, "").run(PoolService.class, POOL2);
    assertThat(watched.out).contains("borrowed 100");
    assertThat(watched.err).contains("PoolService.Text");
  }

  @Test
  void logGoesToTheFileThatIsNamed(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("log");
    Result watched = Jvm.own().agent("log.file=" + file).run(PoolService.class, POOL2);
    assertThat(watched.err).isEmpty();
    assertThat(file).content().contains("PoolService.Text");
  }

  @Test
  void logFileThatCannotBeWrittenIsOneLineAndTheLogGoesOn(@TempDir Path folder) throws Exception {
    Result watched = Jvm.own().agent("log.file=" + folder).run(PoolService.class, POOL2);
    assertThat(watched.err).contains("PoolService.Text").contains("cannot be written");
  }

  @Test
  @EnabledIfSystemProperty(
      named = "poolwatch.jdk8",
      matches = ".+",
      disabledReason = "needs a JDK 8: -Dpoolwatch.jdk8=\"$(agent/jdks DIRECTORY 8)\"")
  void java8GetsOneLineAndTheServiceRuns() throws Exception {
    Path home = Path.of(System.getProperty("poolwatch.jdk8"));
    Result watched = Jvm.at(home).agent("").run("-version");
    assertThat(watched.exit).isZero();
    assertThat(watched.errLines().get(0))
        .isEqualTo(
            "[poolwatch] needs Java 11 or newer, and this is Java 1.8; the service runs without"
                + " it.");
    assertThat(watched.err).contains("version \"1.8");
  }
}
