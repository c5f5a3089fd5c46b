package io.poolwatch.agent.weave;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * Loads one release of a library from its jar, woven by the real transformer: what the JVM does
 * under the agent, inside the test's own JVM. Hooks and books come from the parent, which must not
 * have the library itself. Fails when weaving does; a refusal is remembered for the test to judge.
 */
public final class WovenLoader extends URLClassLoader {
  private final PoolTransformer transformer;
  private final List<String> woven = Collections.synchronizedList(new ArrayList<>());
  private final List<String> refused = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private UnaryOperator<byte[]> mutilation = UnaryOperator.identity();
  private String mutilated = "";

  private WovenLoader(PoolLibrary library, URL[] jars) {
    super(jars, new OnlyPoolwatch());
    transformer = new PoolTransformer(new Context(), List.of(library));
    transformer.begin(new Class<?>[0]);
  }

  /** A loader over jars of {@code target/libraries}. */
  public static WovenLoader of(PoolLibrary library, String... jars) {
    URL[] urls = new URL[jars.length];
    for (int i = 0; i < jars.length; i++) {
      Path jar = Path.of("target", "libraries", jars[i]).toAbsolutePath();
      if (!Files.exists(jar)) {
        throw new IllegalStateException(jar + " is missing: the build copies it there");
      }
      try {
        urls[i] = jar.toUri().toURL();
      } catch (MalformedURLException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
    return new WovenLoader(library, urls);
  }

  /** A loader over classes that the test itself was compiled with, the bundled pool's. */
  public static WovenLoader of(PoolLibrary library, URL classes) {
    return new WovenLoader(library, new URL[] {classes});
  }

  /** Changes a class file before the transformer sees it, as an unknown release would. */
  public WovenLoader mutilate(String className, UnaryOperator<byte[]> change) {
    mutilated = className;
    mutilation = change;
    return this;
  }

  /** Names of the classes that were woven so far. */
  public List<String> woven() {
    return woven;
  }

  /** The class file of a class that was loaded, as it was loaded. */
  public byte[] fileOf(String className) {
    byte[] file = files.get(className);
    if (file == null) {
      throw new IllegalStateException(className + " was not loaded");
    }
    return file;
  }

  /** Why classes were left alone so far. */
  public List<String> refused() {
    return refused;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    URL resource = findResource(name.replace('.', '/') + ".class");
    if (resource == null) {
      throw new ClassNotFoundException(name);
    }
    byte[] original = read(resource);
    byte[] loaded = name.equals(mutilated) ? mutilation.apply(original) : original;
    byte[] changed = transformer.transform(this, name.replace('.', '/'), null, null, loaded);
    byte[] bytes = changed == null ? loaded : changed;
    files.put(name, bytes);
    return defineClass(name, bytes, 0, bytes.length);
  }

  @Override
  public InputStream getResourceAsStream(String name) {
    if (!mutilated.isEmpty() && name.equals(mutilated.replace('.', '/') + ".class")) {
      return new ByteArrayInputStream(mutilation.apply(read(findResource(name))));
    }
    return super.getResourceAsStream(name);
  }

  private static byte[] read(URL resource) {
    try (InputStream in = resource.openStream()) {
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Hides the test's class path, so that the library finds no logging framework of ours there. */
  private static final class OnlyPoolwatch extends ClassLoader {
    OnlyPoolwatch() {
      super(ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.startsWith("io.poolwatch.") && !name.startsWith("io.poolwatch.pool.")) {
        return WovenLoader.class.getClassLoader().loadClass(name);
      }
      throw new ClassNotFoundException(name);
    }
  }

  private final class Context extends TestContext {
    @Override
    public void woven(String library, String className, long nanos) {
      woven.add(className);
    }

    @Override
    public void refused(String library, String reason) {
      refused.add(reason);
    }

    @Override
    public void failed(String library, String className, Throwable failure) {
      throw new AssertionError("weaving " + className, failure);
    }
  }
}
