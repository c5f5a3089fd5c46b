package io.poolwatch.agent.library.commonspool2;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.woven.commonspool2.CommonsPool2;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Eight threads at random on each change of the library's internals. */
class CommonsPool2MixTest {
  static List<String> versions() {
    return Version.SPREAD;
  }

  @ParameterizedTest
  @MethodSource("versions")
  void genericPoolIsCountedToTheUnit(String version) throws Exception {
    run(version, "PoolMix$Generic");
  }

  @ParameterizedTest
  @MethodSource("versions")
  void keyedPoolIsCountedToTheUnit(String version) throws Exception {
    run(version, "PoolMix$Keyed");
  }

  static List<String> few() {
    return Boolean.getBoolean("matrix") ? Version.RUNNABLE : List.of("2.0", "2.13.1");
  }

  @ParameterizedTest
  @MethodSource("few")
  void genericPoolThatIsWovenLateIsCountedToTheUnit(String version) throws Exception {
    run(Version.wovenLate(version), "PoolMix$Generic");
  }

  @ParameterizedTest
  @MethodSource("few")
  void keyedPoolThatIsWovenLateIsCountedToTheUnit(String version) throws Exception {
    run(Version.wovenLate(version), "PoolMix$Keyed");
  }

  private static void run(String version, String mix) throws Exception {
    run(Version.woven(version), mix);
  }

  static void run(ReleaseLoader release, String mix) throws Exception {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (ReleaseLoader loader = release) {
      Thread.currentThread().setContextClassLoader(loader);
      Object workload = loader.loadClass(Version.LAWS + mix).getDeclaredConstructor().newInstance();
      ((Callable<?>) workload).call();
      assertThat(loader.recorder().refused()).isEmpty();
      assertThat(CommonsPool2.SYSTEM.breaker().failures())
          .as("failures of hooks: %s", CommonsPool2.SYSTEM.breaker().first())
          .isZero();
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }
}
