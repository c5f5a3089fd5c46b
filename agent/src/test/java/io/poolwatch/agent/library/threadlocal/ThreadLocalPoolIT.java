package io.poolwatch.agent.library.threadlocal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.poolwatch.fork.Jdks;
import io.poolwatch.pool.ThreadLocalPool;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged agent tells of a bundled pool in another JVM what that pool says of itself. */
class ThreadLocalPoolIT {
  @TempDir Path directory;

  @Test
  void platformThreadsAreCountedToTheUnit() throws Exception {
    tellsWhatThePoolSays(Path.of(System.getProperty("java.home")), "platform");
  }

  @Test
  void virtualThreadsAreCountedToTheUnit() throws Exception {
    Optional<Path> jdk = Jdks.withVirtualThreads();
    assumeTrue(jdk.isPresent(), Jdks.missing(21));
    tellsWhatThePoolSays(jdk.orElseThrow(), "virtual");
  }

  private void tellsWhatThePoolSays(Path jdk, String threads) throws Exception {
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(
                jdk.resolve("bin").resolve("java").toString(),
                "-javaagent:" + System.getProperty("poolwatch.jar"),
                // A collection at the end would take what ended threads have in the pool.
                "-Xmn256m",
                "-cp",
                home(ThreadLocalPool.class)
                    + System.getProperty("path.separator")
                    + home(PooledService.class),
                PooledService.class.getName(),
                threads)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly().waitFor();
    }
    String said = Files.readString(output);
    assertThat(ended && process.exitValue() == 0).as(said).isTrue();
    Matcher own = Pattern.compile("own (\\d+) (\\d+) (\\d+) (\\d+)").matcher(said);
    assertThat(own.find()).as(said).isTrue();
    assertThat(own.group(1)).isEqualTo("200000");
    // pool, system, borrows, hit %, idle, used, waiting, created, removed
    String row = "builders +thread_local +%s +[0-9.]+ +%s +0 +- +%s +%s";
    assertThat(said)
        .containsPattern(String.format(row, own.group(1), own.group(2), own.group(3), own.group(4)))
        // The main thread has ended by then; a collection may have come by since.
        .containsPattern(
            "PooledService +thread_local +1 +0.0 +(1 +0 +- +1 +0|0 +0 +- +1 +1 owner_gone)")
        .contains("double_return in pool PooledService (thread_local), object of [B")
        .contains("given back by thread main, at ")
        .contains("PooledService.main(PooledService.java:")
        .containsPattern("PooledService +double_return 1\\b");
  }

  private static Path home(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
