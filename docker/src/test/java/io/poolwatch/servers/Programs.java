package io.poolwatch.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The programs that {@code docker/servers} got. */
final class Programs {
  private static final String FOLDER = System.getProperty("poolwatch.servers", "");

  private Programs() {}

  static boolean asked() {
    return !FOLDER.isBlank();
  }

  /** The path of a program; a failure where it could not be had. */
  static String path(String name) {
    Path path = Path.of(FOLDER, "bin", name);
    if (!Files.exists(path)) {
      throw new AssertionError(name + " could not be had: no " + path);
    }
    return path.toString();
  }

  /** What a program that ends by itself printed, and how it ended. */
  static final class Run {
    final int exitCode;
    final String output;

    private Run(int exitCode, String output) {
      this.exitCode = exitCode;
      this.output = output;
    }
  }

  /** Runs a program to its end, at most 60 s, with {@code input} on its standard input. */
  static Run run(String input, List<String> command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("poolwatch-run", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().close();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(command + " did not end: " + Files.readString(output));
      }
      return new Run(process.exitValue(), Files.readString(output));
    } finally {
      Files.delete(output);
    }
  }
}
