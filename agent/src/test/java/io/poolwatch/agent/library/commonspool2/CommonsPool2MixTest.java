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

  private static void run(String version, String mix) throws Exception {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (ReleaseLoader loader = Version.woven(version)) {
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
