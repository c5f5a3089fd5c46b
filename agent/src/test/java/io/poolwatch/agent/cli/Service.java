package io.poolwatch.agent.cli;

import io.poolwatch.agent.service.LoopingService;
import io.poolwatch.fork.ForkedJvm;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.commons.pool2.ObjectPool;

/** A service in a JVM of its own, to be looked into; ended when it is closed. */
final class Service implements AutoCloseable {
  /** The jar under test. */
  static final Path JAR = Path.of(System.getProperty("poolwatch.jar", "set by Failsafe"));

  private final Process process;
  private final Path log;

  private Service(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts it, and returns when its main method runs. */
  static Service start(Path folder, String argument, String... options) throws IOException {
    return startBy(new String[0], folder, argument, options);
  }

  /** The same by another program, such as {@code unshare}. */
  static Service startBy(String[] starter, Path folder, String argument, String... options)
      throws IOException {
    Path log = Files.createTempFile(folder, "service", ".log");
    List<String> command = new ArrayList<>(Arrays.asList(starter));
    command.add(java());
    command.addAll(ForkedJvm.quickOptions());
    command.addAll(Arrays.asList(options));
    command.add("-cp");
    command.add(location(LoopingService.class) + File.pathSeparator + location(ObjectPool.class));
    command.add(LoopingService.class.getName());
    command.add(argument);
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
    builder.environment().keySet().removeIf(name -> name.matches("(POOLWATCH|OTEL|JAVA|JDK)_.*"));
    Process process = builder.start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    if (!"ready".equals(out.readLine())) {
      throw new AssertionError("the service did not start: " + Files.readString(log));
    }
    return new Service(process, log);
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static String location(Class<?> type) {
    return Path.of(
            java.net.URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()))
        .toString();
  }

  String pid() {
    return String.valueOf(process.pid());
  }

  /** Where the program that started it stays, that of the service. */
  String child() {
    return String.valueOf(process.children().findFirst().orElseThrow().pid());
  }

  /** Has it go on. */
  void goOn() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
  }

  /** What it wrote to standard error. */
  String log() throws IOException {
    return Files.readString(log);
  }

  /** Ends it as a service ends. */
  void end() throws IOException, InterruptedException {
    process.getOutputStream().close();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      throw new AssertionError("the service does not end");
    }
  }

  /** Ends it as a crash would. */
  void crash() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
