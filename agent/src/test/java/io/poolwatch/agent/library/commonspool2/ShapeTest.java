package io.poolwatch.agent.library.commonspool2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShapeTest {
  static List<String> versions() {
    return Version.ALL;
  }

  @ParameterizedTest
  @MethodSource("versions")
  void everyReleaseCanBeWovenLateWithoutNewMembers(String version) throws Exception {
    try (ReleaseLoader plain = Version.plain(version);
        ReleaseLoader loader = Version.wovenLate(version)) {
      String impl = "org.apache.commons.pool2.impl.";
      String[] classes = {
        impl + "BaseGenericObjectPool",
        impl + "GenericObjectPool",
        impl + "GenericKeyedObjectPool",
        impl + "SoftReferenceObjectPool",
        "org.apache.commons.pool2.PoolUtils$ErodingObjectPool",
        "org.apache.commons.pool2.PoolUtils$ErodingKeyedObjectPool",
      };
      for (String name : classes) {
        assertThat(members(Class.forName(name, false, loader)))
            .isEqualTo(members(Class.forName(name, false, plain)));
      }

      assertThat(loader.recorder().refused()).isEmpty();
      assertThat(loader.recorder().failed()).isEmpty();
      assertThat(loader.recorder().woven()).containsExactlyInAnyOrder(classes);
    }
  }

  private static List<String> members(Class<?> type) {
    return Stream.of(
            type.getDeclaredMethods(),
            type.getDeclaredFields(),
            type.getDeclaredConstructors(),
            type.getInterfaces())
        .flatMap(Stream::of)
        .map(Object::toString)
        .sorted()
        .collect(Collectors.toList());
  }

  @ParameterizedTest
  @MethodSource("versions")
  void everyReleaseIsWovenAsAWhole(String version) throws Exception {
    try (ReleaseLoader loader = Version.woven(version)) {
      String impl = "org.apache.commons.pool2.impl.";
      String[] classes = {
        impl + "BaseGenericObjectPool",
        impl + "GenericObjectPool",
        impl + "GenericKeyedObjectPool",
        impl + "GenericKeyedObjectPool$ObjectDeque",
        impl + "SoftReferenceObjectPool",
        impl + "DefaultPooledObject",
        "org.apache.commons.pool2.PoolUtils$ErodingObjectPool",
        "org.apache.commons.pool2.PoolUtils$ErodingKeyedObjectPool",
        "org.apache.commons.pool2.proxy.BaseProxyHandler",
        "org.apache.commons.pool2.BasePooledObjectFactory",
        "org.apache.commons.pool2.BaseKeyedPooledObjectFactory"
      };
      for (String name : classes) {
        Class<?> woven = Class.forName(name, false, loader);
        assertThat(woven.getDeclaredMethods()).isNotEmpty(); // links it: the verifier has seen it
      }

      assertThat(loader.recorder().refused()).isEmpty();
      assertThat(loader.recorder().failed()).isEmpty();
      assertThat(loader.recorder().woven()).containsExactlyInAnyOrder(classes);
    }
  }
}
