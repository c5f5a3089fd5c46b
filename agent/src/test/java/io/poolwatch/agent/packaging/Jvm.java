package io.poolwatch.agent.packaging;

import io.poolwatch.fork.ForkedJvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs a service in a JVM of its own, and keeps what it printed. */
final class Jvm {
  /** The jar under test. */
  static final Path JAR = Path.of(required("poolwatch.jar"));

  private final Path home;
  private final List<String> options = new ArrayList<>();
  private final Map<String, String> environment = new TreeMap<>();

  private Jvm(Path home) {
    this.home = home;
    // English messages, and an encoding in which any file name can be written.
    environment.put("LC_ALL", "C.UTF-8");
    // What is told last is what tests look at, on however busy a machine.
    environment.put("POOLWATCH_EXIT_TIMEOUT", "30s");
  }

  /** The JVM that runs the tests. */
  static Jvm own() {
    return at(Path.of(System.getProperty("java.home")));
  }

  static Jvm at(Path home) {
    return new Jvm(home);
  }

  Jvm agent(String arguments) {
    return agent(JAR, arguments);
  }

  Jvm agent(Path jar, String arguments) {
    return option("-javaagent:" + jar + (arguments.isEmpty() ? "" : "=" + arguments));
  }

  Jvm option(String... more) {
    options.addAll(Arrays.asList(more));
    return this;
  }

  Jvm variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Runs a main class of the tests, with the libraries of the given classes beside it. */
  Result run(Class<?> main, List<Class<?>> libraries, String... arguments)
      throws IOException, InterruptedException {
    List<Class<?>> sources = new ArrayList<>(libraries);
    sources.add(0, main);
    List<String> command = new ArrayList<>();
    command.add("-cp");
    command.add(
        sources.stream()
            .map(Jvm::locationOf)
            .distinct()
            .collect(Collectors.joining(File.pathSeparator)));
    command.add(main.getName());
    command.addAll(Arrays.asList(arguments));
    return run(command.toArray(new String[0]));
  }

  /** Runs {@code java} with the options set and these arguments. */
  Result run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin").resolve("java").toString());
    command.addAll(ForkedJvm.quickOptions());
    command.addAll(options);
    command.addAll(Arrays.asList(arguments));
    Path out = Files.createTempFile("jvm", ".out");
    Path err = Files.createTempFile("jvm", ".err");
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().keySet().removeIf(name -> name.matches("(POOLWATCH|OTEL|JAVA|JDK)_.*"));
      builder.environment().putAll(environment);
      Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("still running after 60 s: " + command);
      }
      return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  static String locationOf(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    try {
      return Path.of(source.getLocation().toURI()).toString();
    } catch (java.net.URISyntaxException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static String required(String property) {
    String value = System.getProperty(property);
    if (value == null) {
      throw new AssertionError("run by Failsafe, which sets " + property + ": mvn verify");
    }
    return value;
  }

  /** How it ended. */
  static final class Result {
    final int exit;
    final String out;
    final String err;

    Result(int exit, String out, String err) {
      this.exit = exit;
      this.out = out;
      this.err = err;
    }

    /** Lines on standard error, without the time of day. */
    List<String> errLines() {
      return err.lines()
          .map(line -> line.replaceFirst("^(\\[poolwatch\\] )\\d\\d:\\d\\d:\\d\\d ", "$1"))
          .collect(Collectors.toList());
    }

    @Override
    public String toString() {
      return "exit " + exit + "\n" + out + "\n" + err;
    }
  }
}
