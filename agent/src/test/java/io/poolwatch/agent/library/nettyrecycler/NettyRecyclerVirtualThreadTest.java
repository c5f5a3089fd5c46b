package io.poolwatch.agent.library.nettyrecycler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.poolwatch.fork.Jdks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counts on virtual threads, on which some releases pool and others are switched off. */
class NettyRecyclerVirtualThreadTest {
  @TempDir Path directory;

  @Test
  void countsAgreeOnVirtualThreads() throws Exception {
    Optional<Path> jdk = Jdks.withVirtualThreads();
    assumeTrue(jdk.isPresent(), Jdks.missing(21));
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
}
