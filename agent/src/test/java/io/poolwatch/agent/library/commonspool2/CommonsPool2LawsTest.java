package io.poolwatch.agent.library.commonspool2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.poolwatch.woven.commonspool2.CommonsPool2;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the laws of each kind of pool on a release for each change of internals, and on all that run
 * with {@code -Pmatrix}.
 */
class CommonsPool2LawsTest {
  @TestFactory
  Stream<DynamicNode> genericPool() {
    return everywhere("GenericPoolLaws");
  }

  @TestFactory
  Stream<DynamicNode> keyedPool() {
    return everywhere("KeyedPoolLaws");
  }

  @TestFactory
  Stream<DynamicNode> softPool() {
    return everywhere("SoftPoolLaws");
  }

  @TestFactory
  Stream<DynamicNode> causesOfMisses() {
    return everywhere("GenericCauseLaws");
  }

  @TestFactory
  Stream<DynamicNode> causesOfMissesOfKeyedPools() {
    return everywhere("KeyedCauseLaws");
  }

  @TestFactory
  Stream<DynamicNode> causesOfMissesOfSoftPools() {
    return everywhere("SoftCauseLaws");
  }

  @TestFactory
  Stream<DynamicNode> buildings() {
    return everywhere("BuildLaws");
  }

  @TestFactory
  Stream<DynamicNode> poolsThatAreWovenLate() {
    return late("GenericPoolLaws", "KeyedPoolLaws", "SoftPoolLaws");
  }

  @TestFactory
  Stream<DynamicNode> causesOfMissesOfPoolsThatAreWovenLate() {
    return late("GenericCauseLaws", "KeyedCauseLaws", "SoftCauseLaws");
  }

  /** Of one release unless the matrix is asked for: the plans are those of early weaving. */
  private static Stream<DynamicNode> late(String... allLaws) {
    return (Boolean.getBoolean("matrix") ? releases() : List.of("2.13.1"))
        .stream()
            .flatMap(
                version ->
                    Stream.of(allLaws)
                        .map(
                            laws ->
                                dynamicContainer(
                                    version + ' ' + laws,
                                    on(Version.wovenLate(version), version, laws, true))));
  }

  /** A hundred ticks each: of few releases, since the causes themselves are tried on all. */
  @TestFactory
  Stream<DynamicNode> causeInTheSentenceOfACollapse() {
    return Stream.of("2.0", "2.9.0", "2.13.1")
        .filter(version -> Boolean.getBoolean("matrix") || !version.equals("2.9.0"))
        .flatMap(
            version ->
                Stream.of("GenericFallLaws", "KeyedFallLaws", "SoftFallLaws")
                    .map(laws -> dynamicContainer(version + ' ' + laws, on(version, laws))));
  }

  private static List<String> releases() {
    return Boolean.getBoolean("matrix") ? Version.RUNNABLE : Version.SPREAD;
  }

  private static Stream<DynamicNode> everywhere(String laws) {
    return releases().stream().map(version -> dynamicContainer(version, on(version, laws)));
  }

  private static Stream<DynamicNode> on(String version, String laws) {
    return on(Version.woven(version), version, laws, false);
  }

  static Stream<DynamicNode> on(ReleaseLoader loader, String version, String laws, boolean late) {
    List<DynamicNode> tests = new ArrayList<>();
    try {
      Class<?> type = loader.loadClass(Version.LAWS + laws);
      for (Method method : type.getMethods()) {
        Law law = method.getAnnotation(Law.class);
        if (law != null
            && !(late && law.ofObjects())
            && Version.compare(version, law.since()) >= 0
            && Version.compare(version, law.before()) < 0) {
          tests.add(dynamicTest(method.getName(), () -> run(loader, type, method)));
        }
      }
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
    assertThat(tests).isNotEmpty();
    tests.sort(Comparator.comparing(DynamicNode::getDisplayName));
    return tests.stream();
  }

  private static void run(ReleaseLoader loader, Class<?> type, Method law) throws Throwable {
    // The library looks for its own classes in the context loader first.
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(loader);
    try {
      Object laws = type.getDeclaredConstructor().newInstance();
      law.invoke(laws);
      type.getMethod("settle").invoke(laws);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
    assertThat(loader.recorder().refused()).isEmpty();
    assertThat(loader.recorder().failed()).isEmpty();
    assertThat(CommonsPool2.SYSTEM.breaker().failures())
        .as("failures of hooks: %s", CommonsPool2.SYSTEM.breaker().first())
        .isZero();
  }
}
