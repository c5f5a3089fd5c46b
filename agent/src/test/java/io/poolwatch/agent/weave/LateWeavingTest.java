package io.poolwatch.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.agent.library.commonspool2.CommonsPool2Library;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of loaded classes, on a JVM that refuses what the test says. */
class LateWeavingTest {
  private static final String IMPL = "org.apache.commons.pool2.impl.";

  private final List<String> told = new ArrayList<>();
  private final List<String> rewoven = new ArrayList<>();
  private final List<ClassFileTransformer> registered = new ArrayList<>();
  private final PoolTransformer transformer =
      new PoolTransformer(new Context(), List.of(new CommonsPool2Library(true, false)));
  private URLClassLoader loader;
  private Class<?>[] loaded;
  private Throwable refusal;

  @BeforeEach
  void load() throws Exception {
    Path jar = Path.of("target", "libraries", "commons-pool2-2.13.1.jar");
    assertThat(jar).as("copied by the build").exists();
    loader =
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
    loaded =
        new Class<?>[] {
          Class.forName(IMPL + "BaseGenericObjectPool", false, loader),
          Class.forName(IMPL + "GenericObjectPool", false, loader),
          String.class
        };
    transformer.begin(loaded);
  }

  @AfterEach
  void close() throws Exception {
    loader.close();
  }

  @Test
  void allLoadedClassesOfALibraryAreWovenAtOnceAndWhatLoadsLaterToo() throws Exception {
    assertThat(transformer.late(jvm()).weave()).isEmpty();
    assertThat(rewoven).containsExactly(IMPL + "BaseGenericObjectPool", IMPL + "GenericObjectPool");
    assertThat(told).containsExactly("woven 1", "woven 1");
    assertThat(loads("GenericKeyedObjectPool")).isNotNull();
    assertThat(registered).hasSize(1);
  }

  @Test
  void whatTheJvmRefusesStaysAsItIsWithOneWord() throws Exception {
    for (Throwable each :
        List.of(
            new UnsupportedOperationException("no new members"),
            new VerifyError("planted"),
            new InternalError("planted"))) {
      told.clear();
      refusal = each;
      assertThat(transformer.late(jvm()).weave())
          .containsExactly(IMPL + "BaseGenericObjectPool", IMPL + "GenericObjectPool");
      assertThat(told).containsExactly("failed " + each);
      assertThat(loads("GenericKeyedObjectPool")).isNull();
      assertThat(registered).isEmpty();
    }
  }

  @Test
  void classOfUnknownShapeLeavesAllAsTheyWere() throws Exception {
    broken = true;
    assertThat(transformer.late(jvm()).weave()).hasSize(2);
    assertThat(told).hasSize(1);
    assertThat(told.get(0)).startsWith("failed ");
    // The other was woven for a moment, and is put back.
    assertThat(rewoven).containsExactly(IMPL + "BaseGenericObjectPool");
    assertThat(loads("GenericKeyedObjectPool")).isNull();
  }

  private boolean broken;

  private byte[] loads(String name) throws Exception {
    String internal = (IMPL + name).replace('.', '/');
    byte[] classFile = loader.getResourceAsStream(internal + ".class").readAllBytes();
    return transformer.transform(loader, internal, null, null, classFile);
  }

  /** A JVM with these classes, as far as it is asked for. */
  private Instrumentation jvm() {
    return (Instrumentation)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Instrumentation.class},
            (proxy, method, arguments) -> {
              switch (method.getName()) {
                case "getAllLoadedClasses":
                  return loaded;
                case "isRetransformClassesSupported":
                  return true;
                case "addTransformer":
                  assertThat(arguments[1]).isEqualTo(true);
                  registered.add((ClassFileTransformer) arguments[0]);
                  return null;
                case "removeTransformer":
                  return registered.remove(arguments[0]);
                case "retransformClasses":
                  retransform((Class<?>[]) arguments[0]);
                  return null;
                default:
                  throw new AssertionError(method);
              }
            });
  }

  private void retransform(Class<?>[] classes) throws Throwable {
    if (refusal != null) {
      throw refusal;
    }
    for (Class<?> each : classes) {
      String internal = each.getName().replace('.', '/');
      byte[] classFile = loader.getResourceAsStream(internal + ".class").readAllBytes();
      if (broken && each.getName().endsWith(".GenericObjectPool")) {
        classFile = new byte[] {1, 2, 3};
      }
      if (registered.get(0).transform(loader, internal, each, null, classFile) != null) {
        rewoven.add(each.getName());
      }
    }
  }

  private final class Context extends TestContext {
    @Override
    public void woven(String library, String className, long nanos) {
      told.add("woven 1");
    }

    @Override
    public void refused(String library, String reason) {
      told.add("refused " + reason);
    }

    @Override
    public void failed(String library, String className, Throwable failure) {
      told.add("failed " + failure);
    }
  }
}
