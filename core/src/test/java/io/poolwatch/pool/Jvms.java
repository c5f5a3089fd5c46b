package io.poolwatch.pool;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds other JVMs on the machine and runs test programs on them. */
final class Jvms {

  private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+)");

  private Jvms() {}

  /**
   * The home of a JDK with virtual threads: one that the property {@code poolwatch.jdks} lists,
   * this JVM, or the newest under {@code /usr/lib/jvm}.
   */
  static Optional<Path> withVirtualThreads() throws IOException {
    List<Path> homes = new ArrayList<>();
    for (String listed : System.getProperty("poolwatch.jdks", "").split(File.pathSeparator)) {
      if (!listed.isEmpty()) {
        homes.add(Path.of(listed));
      }
    }
    homes.add(Path.of(System.getProperty("java.home")));
    Path installed = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(installed)) {
      try (Stream<Path> found = Files.list(installed)) {
        found.sorted((a, b) -> Integer.compare(release(b), release(a))).forEach(homes::add);
      }
    }
    return homes.stream().filter(home -> release(home) >= 21).findFirst();
  }

  private static int release(Path home) {
    try {
      if (!Files.isExecutable(home.resolve("bin/java"))) {
        return 0;
      }
      Matcher version = VERSION.matcher(Files.readString(home.resolve("release")));
      return version.find() ? Integer.parseInt(version.group(1)) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  /** Runs a test program with this JVM's class path; its output, or a failure that shows it. */
  static String run(Path home, List<String> options, Class<?> program, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin/java").toString());
    command.addAll(options);
    command.add("-cp");
    command.add(classPath());
    command.add(program.getName());
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("pool", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      boolean ended = process.waitFor(180, TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly();
      }
      String text = Files.readString(output, StandardCharsets.UTF_8);
      if (!ended || process.exitValue() != 0) {
        throw new AssertionError(command + (ended ? " failed:\n" : " hung:\n") + text);
      }
      return text;
    } finally {
      Files.delete(output);
    }
  }

  private static String classPath() throws Exception {
    return location(ThreadLocalPool.class) + File.pathSeparator + location(Jvms.class);
  }

  private static Path location(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
