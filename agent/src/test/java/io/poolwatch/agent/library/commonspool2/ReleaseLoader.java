package io.poolwatch.agent.library.commonspool2;

import io.poolwatch.agent.weave.PoolLibrary;
import io.poolwatch.agent.weave.PoolTransformer;
import io.poolwatch.agent.weave.TestContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Loads one version of a pool library, woven as the agent would weave it, and the test's workload
 * beside it, so that one workload runs on every version. Hooks and books come from the class path.
 */
final class ReleaseLoader extends URLClassLoader {
  static {
    registerAsParallelCapable();
  }

  private final String libraryPrefix;
  private final String workloadPrefix;
  private final @Nullable PoolTransformer transformer;
  private final ProtectionDomain source;
  private final Recorder recorder = new Recorder();
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private BiFunction<String, byte[], byte[]> mutilation = (name, bytes) -> bytes;

  /**
   * A loader.
   *
   * @param jars the library, and what it needs
   * @param libraryPrefix names of the library's classes begin so
   * @param workloadPrefix names of the workload's classes begin so
   * @param library weaves; null to load the library as it is
   */
  ReleaseLoader(
      List<Path> jars, String libraryPrefix, String workloadPrefix, @Nullable PoolLibrary library) {
    super(jars.stream().map(ReleaseLoader::url).toArray(URL[]::new), parent());
    this.libraryPrefix = libraryPrefix;
    source = new ProtectionDomain(new CodeSource(url(jars.get(0)), (Certificate[]) null), null);
    this.workloadPrefix = workloadPrefix;
    transformer = library == null ? null : new PoolTransformer(recorder, List.of(library));
    if (transformer != null) {
      transformer.begin(new Class<?>[0]);
    }
  }

  /** The jar of a library version that the build put aside for the tests. */
  static Path jar(String artifact, String version) {
    Path jar = Path.of("target", "libraries", artifact + '-' + version + ".jar");
    if (!Files.exists(jar)) {
      throw new IllegalStateException(
          jar.toAbsolutePath() + " is missing: run mvn generate-test-resources");
    }
    return jar;
  }

  /** Changes class files of the library before they are woven. */
  ReleaseLoader mutilate(BiFunction<String, byte[], byte[]> change) {
    mutilation = change;
    return this;
  }

  /** Leaves one class alone, as a user may ask for. */
  ReleaseLoader exclude(String className) {
    recorder.excluded = className;
    return this;
  }

  /** The class file that a class of the library was made of. */
  byte[] fileOf(String className) {
    return files.get(className);
  }

  /** What the transformer told about its work. */
  Recorder recorder() {
    return recorder;
  }

  private static ClassLoader parent() {
    return ReleaseLoader.class.getClassLoader();
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(libraryPrefix) && !name.startsWith(workloadPrefix)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    boolean workload = name.startsWith(workloadPrefix);
    String resource = name.replace('.', '/') + ".class";
    try (InputStream in =
        workload ? parent().getResourceAsStream(resource) : getResourceAsStream(resource)) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      if (transformer != null && !workload) {
        byte[] woven = transformer.transform(this, name.replace('.', '/'), null, null, bytes);
        bytes = woven == null ? bytes : woven;
        files.put(name, bytes);
      }
      return defineClass(name, bytes, 0, bytes.length, workload ? null : source);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  @Override
  public @Nullable URL getResource(String name) {
    URL own = findResource(name);
    return own == null ? super.getResource(name) : own;
  }

  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    InputStream in = super.getResourceAsStream(name);
    if (in == null || !name.endsWith(".class")) {
      return in;
    }
    try (InputStream original = in) {
      String className = name.substring(0, name.length() - 6).replace('/', '.');
      return new java.io.ByteArrayInputStream(mutilation.apply(className, original.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Remembers what the transformer told. */
  static final class Recorder extends TestContext {
    private @Nullable String excluded;
    private final List<String> woven = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private final List<Throwable> failed = new ArrayList<>();

    /** Names of the classes that were woven. */
    synchronized List<String> woven() {
      return List.copyOf(woven);
    }

    /** What was refused, and why. */
    synchronized List<String> refused() {
      return List.copyOf(refused);
    }

    /** What weaving threw. */
    synchronized List<Throwable> failed() {
      return List.copyOf(failed);
    }

    @Override
    public boolean isExcluded(String className) {
      return className.equals(excluded);
    }

    @Override
    public synchronized void woven(String library, String className, long nanos) {
      woven.add(className);
    }

    @Override
    public synchronized void refused(String library, String reason) {
      refused.add(reason);
    }

    @Override
    public synchronized void failed(String library, String className, Throwable failure) {
      failed.add(failure);
    }
  }
}
