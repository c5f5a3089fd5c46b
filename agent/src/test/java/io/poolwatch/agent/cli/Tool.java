package io.poolwatch.agent.cli;

import io.poolwatch.fork.ForkedJvm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What the command line did. */
final class Tool {
  final int exit;
  final String out;
  final String err;

  private Tool(int exit, String out, String err) {
    this.exit = exit;
    this.out = out;
    this.err = err;
  }

  /** In this JVM, with the classes under test. */
  static Tool here(String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit =
        new CommandLine(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8))
            .apply(words);
    return new Tool(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** In a JVM of its own, with the packaged jar. */
  static Tool packaged(List<String> options, String... words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Service.java());
    command.addAll(ForkedJvm.quickOptions());
    command.addAll(options);
    command.add("-jar");
    command.add(Service.JAR.toString());
    command.addAll(Arrays.asList(words));
    Path out = Files.createTempFile("tool", ".out");
    Path err = Files.createTempFile("tool", ".err");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("still running after 60 s: " + command);
      }
      return new Tool(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** Its only line on standard error, of what could not be done. */
  String refusal() {
    List<String> lines = Arrays.asList(err.strip().split("\n", -1));
    if (exit == 0 || lines.size() != 1 || !lines.get(0).startsWith("poolwatch: ")) {
      throw new AssertionError("no refusal in one line: " + this);
    }
    return lines.get(0);
  }

  @Override
  public String toString() {
    return "exit " + exit + "\n" + out + "\n" + err;
  }
}
