package io.poolwatch.agent.library.nettyrecycler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counts on virtual threads, on which some releases pool and others are switched off. */
class NettyRecyclerVirtualThreadTest {
  private static final Pattern RELEASE = Pattern.compile("JAVA_VERSION=\"(\\d+)");

  @TempDir Path directory;

  @Test
  void countsAgreeOnVirtualThreads() throws Exception {
    Optional<Path> jdk = withVirtualThreads();
    if (jdk.isEmpty()) {
      String notRun =
          "NOT RUN: NettyRecyclerVirtualThreadTest, because no JDK 21+ was found; set"
              + " POOLWATCH_JDK25 to the home of one";
      System.out.println(notRun);
      assumeTrue(false, notRun);
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                jdk.get().resolve("bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                VirtualThreadMix.class.getName()));
    List<String> versions =
        List.of(
            "4.1.70", "4.1.100", "4.1.119", "4.1.120", "4.1.140", "4.2.0", "4.2.6", "4.2.9",
            "4.2.20");
    command.addAll(versions);
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(120, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly().waitFor();
    }
    String said = Files.readString(output);
    assertThat(ended && process.exitValue() == 0).as(said).isTrue();
    assertThat(said.lines()).contains("PASSED");
    for (String version : versions) {
      assertThat(said.lines()).anyMatch(line -> line.startsWith(version + ": gets "));
    }
    // Switched off on virtual threads from 4.1.120 and 4.2.0 on: every object was made for good.
    Matcher off =
        Pattern.compile("(?m)^4\\.(?:1\\.120|1\\.140|2\\..+): .* disabled (\\d+), created \\1$")
            .matcher(said);
    assertThat(off.results()).hasSize(6);
  }

  /** A JDK that the user names, or the newest installed. */
  private static Optional<Path> withVirtualThreads() throws IOException {
    String told = System.getProperty("POOLWATCH_JDK25", System.getenv("POOLWATCH_JDK25"));
    if (told != null && !told.isEmpty()) {
      return Optional.of(Path.of(told));
    }
    Path installed = Path.of("/usr/lib/jvm");
    if (!Files.isDirectory(installed)) {
      return Optional.empty();
    }
    try (Stream<Path> homes = Files.list(installed)) {
      return homes
          .filter(home -> release(home) >= 21)
          .max(Comparator.comparingInt(NettyRecyclerVirtualThreadTest::release));
    }
  }

  private static int release(Path home) {
    try {
      Matcher version = RELEASE.matcher(Files.readString(home.resolve("release")));
      return version.find() ? Integer.parseInt(version.group(1)) : 0;
    } catch (IOException none) {
      return 0;
    }
  }
}
