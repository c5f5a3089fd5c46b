package io.poolwatch.agent.library.commonspool2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Borrows are served past the pool for a while, from 2.1 on, where that is asked for. */
class CommonsPool2ExperimentTest {
  private static final String POOL = "org.apache.commons.pool2.impl.GenericObjectPool";

  private static final String RECORD = "org.apache.commons.pool2.impl.DefaultPooledObject";

  private static final List<String> LAWS =
      List.of(
          "Laws$Attentive",
          "Laws$Bare",
          "Laws$Destroying",
          "LossLaws$Attentive",
          "LossLaws$Bare",
          "OddLaws$Attentive",
          "OddLaws$Bare");

  static Stream<String> versions() {
    return Boolean.getBoolean("matrix")
        ? Version.RUNNABLE.stream().filter(version -> !version.equals("2.0"))
        : Stream.of("2.1", "2.4.2", "2.6.2", "2.9.0", "2.13.1");
  }

  @TestFactory
  Stream<DynamicNode> laws() {
    return versions().flatMap(CommonsPool2ExperimentTest::lawsOn);
  }

  private static Stream<DynamicNode> lawsOn(String version) {
    ReleaseLoader loader = Version.experimenting(version);
    return LAWS.stream()
        .map(
            laws ->
                dynamicContainer(
                    version + ' ' + laws,
                    CommonsPool2LawsTest.on(loader, version, "Unpooled" + laws, false)));
  }

  @ParameterizedTest
  @MethodSource("versions")
  void allIsCountedToTheUnitWhileTurnsChange(String version) throws Exception {
    CommonsPool2MixTest.run(Version.experimenting(version), "UnpooledMix");
  }

  /** Of one release unless the matrix is asked for: a collection takes long. */
  @ParameterizedTest
  @MethodSource("lossVersions")
  void noPlaceIsLostWithWhatIsLostWhileTurnsChange(String version) throws Exception {
    CommonsPool2MixTest.run(Version.experimenting(version), "UnpooledLossMix");
  }

  static Stream<String> lossVersions() {
    return Boolean.getBoolean("matrix") ? versions() : Stream.of("2.13.1");
  }

  @ParameterizedTest
  @MethodSource("versions")
  void withoutAnExperimentNothingOfItIsWoven(String version) throws Exception {
    try (ReleaseLoader without = Version.woven(version);
        ReleaseLoader with = Version.experimenting(version)) {
      assertThat(text(without)).doesNotContain("npooled");
      assertThat(text(without, RECORD)).doesNotContain("npooled", "poolwatch$hold");
      assertThat(text(with)).contains("poolwatch$unpooled", "poolwatch$lend");
      assertThat(text(with, RECORD)).contains("poolwatch$hold");
      assertThat(with.recorder().refused()).isEmpty();
    }
  }

  /** It has no way to wake who waits, and is watched all the same. */
  @ParameterizedTest
  @MethodSource("oldest")
  void oldestReleaseIsWatchedWithout(String version) throws Exception {
    try (ReleaseLoader with = Version.experimenting(version)) {
      assertThat(text(with)).contains("poolwatch$book").doesNotContain("npooled");
      assertThat(with.recorder().refused()).isEmpty();
    }
  }

  static List<String> oldest() {
    return List.of("2.0");
  }

  private static String text(ReleaseLoader loader) throws Exception {
    return text(loader, POOL);
  }

  private static String text(ReleaseLoader loader, String name) throws Exception {
    assertThat(Class.forName(name, false, loader).getDeclaredMethods()).isNotEmpty(); // links it
    return new String(loader.fileOf(name), StandardCharsets.ISO_8859_1);
  }
}
