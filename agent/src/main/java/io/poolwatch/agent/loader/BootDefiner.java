package io.poolwatch.agent.loader;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import net.bytebuddy.jar.asm.ClassReader;
import org.jspecify.annotations.Nullable;

/**
 * Puts the classes that woven code calls into the boot loader.
 *
 * <p>They are defined one by one by {@code jdk.internal.misc.Unsafe}, whose package is exported to
 * the agent loader's unnamed module alone. Appending a jar to the boot path would be the official
 * way, but the JVM then prints a warning about class data sharing on the service's standard error
 * (11 to 26), and switches sharing off for what follows; it is the fallback.
 *
 * <p>In the packaged jar the classes are named {@code java.poolwatch…}: every class loader, however
 * picky about what it delegates, asks the boot loader for {@code java.*}.
 */
public final class BootDefiner {
  private static final String FOLDER = "poolwatch-boot/";
  private static final String SUFFIX = ".classdata";

  private final Instrumentation instrumentation;

  /**
   * A definer.
   *
   * @param instrumentation opens the JDK's internal package, or appends to the boot path
   */
  public BootDefiner(Instrumentation instrumentation) {
    this.instrumentation = instrumentation;
  }

  /**
   * Defines all boot classes. To be called once; not thread-safe.
   *
   * @param agentJar the agent's jar
   * @return why the preferred way was not possible and the boot path was appended to; null normally
   * @throws IOException if the jar is unreadable or the fallback failed too
   */
  public @Nullable Throwable defineAll(File agentJar) throws IOException {
    Map<String, byte[]> classes = read(agentJar);
    if (classes.isEmpty()) {
      throw new IOException("no class under " + FOLDER + " in " + agentJar);
    }
    try {
      new Definer(openUnsafe(), classes).defineAll();
      return null;
    } catch (ReflectiveOperationException | LinkageError | RuntimeException closed) {
      append(classes);
      return closed;
    }
  }

  private static Map<String, byte[]> read(File agentJar) throws IOException {
    Map<String, byte[]> classes = new LinkedHashMap<>();
    try (JarFile jar = new JarFile(agentJar, false)) {
      for (Enumeration<JarEntry> all = jar.entries(); all.hasMoreElements(); ) {
        JarEntry entry = all.nextElement();
        String name = entry.getName();
        if (name.startsWith(FOLDER) && name.endsWith(SUFFIX)) {
          try (InputStream in = jar.getInputStream(entry)) {
            classes.put(
                name.substring(FOLDER.length(), name.length() - SUFFIX.length()),
                in.readAllBytes());
          }
        }
      }
    }
    return classes;
  }

  private Object openUnsafe() throws ReflectiveOperationException {
    Module base = Object.class.getModule();
    Module ours = BootDefiner.class.getModule();
    instrumentation.redefineModule(
        base,
        Collections.emptySet(),
        Collections.singletonMap("jdk.internal.misc", Set.of(ours)),
        Collections.emptyMap(),
        Collections.emptySet(),
        Collections.emptyMap());
    Class<?> unsafe = Class.forName("jdk.internal.misc.Unsafe", true, null);
    return unsafe.getMethod("getUnsafe").invoke(null);
  }

  private void append(Map<String, byte[]> classes) throws IOException {
    // Readable and writable by the service's user alone, as createTempFile makes it.
    Path jar = Files.createTempFile("poolwatch-boot", ".jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      for (Map.Entry<String, byte[]> each : classes.entrySet()) {
        out.putNextEntry(new JarEntry(each.getKey() + ".class"));
        out.write(each.getValue());
        out.closeEntry();
      }
    }
    instrumentation.appendToBootstrapClassLoaderSearch(new JarFile(jar.toFile()));
    jar.toFile().deleteOnExit();
  }

  /** Defines supertypes before what extends them: a definition resolves those at once. */
  private static final class Definer {
    private final Object unsafe;
    private final Method define;
    private final Map<String, byte[]> waiting;

    Definer(Object unsafe, Map<String, byte[]> classes) throws NoSuchMethodException {
      this.unsafe = unsafe;
      this.waiting = new LinkedHashMap<>(classes);
      this.define =
          unsafe
              .getClass()
              .getMethod(
                  "defineClass",
                  String.class,
                  byte[].class,
                  int.class,
                  int.class,
                  ClassLoader.class,
                  ProtectionDomain.class);
    }

    void defineAll() throws ReflectiveOperationException {
      while (!waiting.isEmpty()) {
        define(waiting.keySet().iterator().next());
      }
    }

    private void define(String name) throws ReflectiveOperationException {
      byte[] bytes = waiting.remove(name);
      if (bytes == null) {
        return;
      }
      ClassReader reader = new ClassReader(bytes);
      define(reader.getSuperName());
      for (String each : reader.getInterfaces()) {
        define(each);
      }
      define.invoke(unsafe, name, bytes, 0, bytes.length, null, null);
    }
  }
}
