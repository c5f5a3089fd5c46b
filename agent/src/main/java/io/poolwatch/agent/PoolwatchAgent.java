package io.poolwatch.agent;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.net.URL;
import java.security.AllPermission;
import java.security.CodeSource;
import java.security.Permissions;
import java.security.ProtectionDomain;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * Entry of the agent; nothing else of poolwatch is visible to the service.
 *
 * <p>What must never happen here: an exception that escapes (the JVM would not start the service),
 * a class or method that is younger than Java 8, a logger, a lambda, or a class of ours named
 * otherwise than by a string. It is a class loader only to define one class, the loader of all the
 * others, out of the sight of the service.
 */
public final class PoolwatchAgent extends ClassLoader {
  private static final String AGENT_LOADER = "io.poolwatch.agent.loader.AgentLoader";
  private static final String AGENT_START = "io.poolwatch.agent.start.AgentStart";
  private static final String ATTACH_START = "io.poolwatch.agent.start.AttachStart";
  private static final String COMMAND_LINE = "io.poolwatch.agent.cli.CommandLine";
  private static final String PREFIX = "poolwatch/";
  private static final String SUFFIX = ".classdata";
  private static final int OLDEST_JAVA = 11;

  private static boolean started;

  private PoolwatchAgent(@Nullable ClassLoader parent) {
    super(parent);
  }

  /**
   * Called by the JVM before the service's main method.
   *
   * @param arguments what stands behind the equals sign, or null
   * @param instrumentation the JVM's instrumentation
   */
  public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
    begin(AGENT_START, arguments, instrumentation);
  }

  /**
   * Called by the JVM when the agent is attached to a running service. Pools whose classes are
   * loaded later are watched as under {@code -javaagent}; of those already loaded some, by fewer
   * figures.
   *
   * @param arguments what was given on attaching, or null
   * @param instrumentation the JVM's instrumentation
   */
  public static void agentmain(@Nullable String arguments, Instrumentation instrumentation) {
    begin(ATTACH_START, arguments, instrumentation);
  }

  /**
   * Looks into services that run, or prints how the agent is used; not in a service.
   *
   * @param arguments what to do
   */
  @SuppressWarnings("unchecked")
  public static void main(String[] arguments) {
    int code = 1;
    if (isJavaRecentEnough("")) {
      try {
        code = ((Function<String[], Integer>) load(COMMAND_LINE)).apply(arguments);
      } catch (Throwable failure) {
        say("failed: " + failure);
      }
    }
    System.exit(code);
  }

  private static void begin(
      String entry, @Nullable String arguments, Instrumentation instrumentation) {
    try {
      if (!isJavaRecentEnough("; the service runs without it")) {
        return;
      }
      if (!isFirst()) {
        say(
            "is already active in this JVM; this second start is ignored. Give -javaagent once, and"
                + " do not attach to a JVM that was started with it.");
        return;
      }
      start(entry, arguments, instrumentation);
    } catch (Throwable failure) {
      say("could not start, the service runs without it: " + failure);
    }
  }

  /** By a lock: the first use of an atomic boolean's handle takes a JVM of today 7 ms. */
  private static synchronized boolean isFirst() {
    boolean first = !started;
    started = true;
    return first;
  }

  private static boolean isJavaRecentEnough(String consequence) {
    String version = System.getProperty("java.specification.version", "");
    boolean recent;
    try {
      recent = !version.startsWith("1.") && Integer.parseInt(version) >= OLDEST_JAVA;
    } catch (NumberFormatException unknown) {
      recent = false;
    }
    if (!recent) {
      say(
          "needs Java "
              + OLDEST_JAVA
              + " or newer, and this is Java "
              + version
              + consequence
              + ".");
    }
    return recent;
  }

  @SuppressWarnings("unchecked")
  private static void start(
      String entry, @Nullable String arguments, @Nullable Instrumentation instrumentation)
      throws Exception {
    ((BiConsumer<@Nullable String, @Nullable Instrumentation>) load(entry))
        .accept(arguments, instrumentation);
  }

  /** Makes an object of a class in a loader of the agent's own. */
  private static Object load(String entry) throws Exception {
    CodeSource source = PoolwatchAgent.class.getProtectionDomain().getCodeSource();
    URL location = source.getLocation();
    // The file stays open for the life of the JVM, as the class path's own copy of it does. No
    // verification of signatures: it would read java.util.jar's whole security machinery.
    JarFile jar = new JarFile(new File(location.toURI()), false);
    Permissions all = new Permissions();
    all.add(new AllPermission());
    ProtectionDomain domain = new ProtectionDomain(source, all);

    // Above Java 8 the system loader's parent is the platform loader.
    ClassLoader platform = ClassLoader.getSystemClassLoader().getParent();
    byte[] bytes = read(jar, PREFIX + AGENT_LOADER.replace('.', '/') + SUFFIX);
    Class<?> loaderClass =
        new PoolwatchAgent(platform).defineClass(AGENT_LOADER, bytes, 0, bytes.length, domain);
    ClassLoader loader =
        (ClassLoader)
            loaderClass
                .getConstructor(JarFile.class, ClassLoader.class, ProtectionDomain.class)
                .newInstance(jar, platform, domain);
    return loader.loadClass(entry).getConstructor().newInstance();
  }

  private static byte[] read(JarFile jar, String name) throws IOException {
    ZipEntry entry = jar.getEntry(name);
    if (entry == null) {
      throw new IOException(name + " is missing in " + jar.getName());
    }
    try (InputStream in = jar.getInputStream(entry)) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) entry.getSize());
      byte[] buffer = new byte[8192];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        bytes.write(buffer, 0, n);
      }
      return bytes.toByteArray();
    }
  }

  private static void say(String line) {
    System.err.println("[poolwatch] " + line);
  }
}
