package io.poolwatch.agent.cli;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The service, in a JVM of its own that knows nothing of the agent. */
final class LoadedJvm implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;
  private final Path log;

  private LoadedJvm(Process process, Path log) {
    this.process = process;
    this.log = log;
    out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Starts it and waits until its pools are in use.
   *
   * @param home of the JDK to run it
   * @param directory for what it says on standard error
   */
  static LoadedJvm start(Path home, Path directory, String main, Path... classPath)
      throws IOException {
    Path log = Files.createTempFile(directory, "service", ".log");
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin").resolve("java").toString());
    command.add("-XX:+IgnoreUnrecognizedVMOptions");
    command.add("-XX:+EnableDynamicAgentLoading");
    command.add("-cp");
    command.add(
        String.join(
            File.pathSeparator, Stream.of(classPath).map(Path::toString).toArray(String[]::new)));
    command.add(main);
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
    builder.environment().keySet().removeIf(name -> name.matches("(POOLWATCH|OTEL|JAVA|JDK)_.*"));
    LoadedJvm loaded = new LoadedJvm(builder.start(), log);
    String said = loaded.out.readLine();
    if (!"ready".equals(said)) {
      throw new AssertionError(said + Files.readString(log));
    }
    return loaded;
  }

  String pid() {
    return String.valueOf(process.pid());
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  /** Tells it something; gives what it has counted then. */
  Map<String, Long> tell(String word) throws IOException {
    process.getOutputStream().write((word + '\n').getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
    Map<String, Long> figures = new HashMap<>();
    for (String line = out.readLine(); !".".equals(line); line = out.readLine()) {
      if (line == null) {
        throw new AssertionError("the service ended: " + log());
      }
      int value = line.lastIndexOf(' ');
      figures.put(line.substring(0, value), Long.parseLong(line.substring(value + 1)));
    }
    return figures;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
  }
}
