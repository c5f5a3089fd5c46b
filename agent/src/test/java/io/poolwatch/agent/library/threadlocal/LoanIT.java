package io.poolwatch.agent.library.threadlocal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.poolwatch.fork.ForkedJvm;
import io.poolwatch.fork.ForkedRun;
import io.poolwatch.fork.Jdks;
import io.poolwatch.fork.Libraries;
import io.poolwatch.fork.OtlpCollector;
import io.poolwatch.fork.ServiceJar;
import io.poolwatch.pool.ThreadLocalPool;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Broken contracts of bundled pools whose gets and puts are looked at: all, and nothing else. */
@Execution(ExecutionMode.CONCURRENT)
final class LoanIT {
  private static final String[] POOLS = {"stale", "bytes", "text", "twice", "lossy", "clean"};
  private static final String[] KINDS = {
    "use_after_return", "write_after_return", "double_return", "leak"
  };

  @TempDir static Path directory;
  private static Path service;
  private static Path pool;

  @BeforeAll
  static void compile() throws URISyntaxException {
    pool =
        Path.of(ThreadLocalPool.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    service = ServiceJar.build(directory, "bundledfaults", pool);
  }

  @Test
  void everyPlantedFaultOfPlatformThreadsIsCounted() throws IOException {
    run(Jdks.own(), "8", "platform");
  }

  @Test
  void everyPlantedFaultOfVirtualThreadsIsCounted() throws IOException {
    Optional<Path> home = Jdks.withVirtualThreads();
    assumeTrue(home.isPresent(), Jdks.missing(21));
    run(home.orElseThrow(), "8", "virtual");
  }

  private static void run(Path home, String threads, String kind) throws IOException {
    Path log = Files.createTempFile(directory, "agent", ".log");
    try (OtlpCollector collector = OtlpCollector.start()) {
      ForkedRun run =
          ForkedJvm.bare()
              .quick()
              .home(home)
              .agent(
                  Libraries.agent(),
                  "guard.thread_local=true,fingerprint.thread_local=true,fingerprint=1,"
                      + "stack.max=1000000,"
                      + "log.level=debug,log.file="
                      + log)
              .exportingTo(collector)
              .classPath(service, pool)
              .run("example.bundledfaults.BundledFaults", threads, kind, log.toString())
              .succeeded();
      String told = Files.readString(log);

      Map<String, Long> seen = new TreeMap<>();
      for (String name : POOLS) {
        for (String each : KINDS) {
          long count =
              collector.last(
                  "poolwatch.violations",
                  "poolwatch.pool.name=" + name,
                  "poolwatch.violation=" + each);
          if (count > 0) {
            seen.put(name + " " + each, count);
          }
        }
      }
      assertThat(seen).as("%s\n%s", run, told).isEqualTo(run.figures());
      assertThat(told)
          .contains("use_after_return in pool stale (thread_local)")
          .contains("leak in pool lossy (thread_local)")
          .contains("given back before by thread ")
          .contains("borrowed by thread ")
          .contains("BundledFaults.putStale(BundledFaults.java:")
          .contains("either of the two may be the wrong one");
      assertThat(collector.last("poolwatch.agent.failures")).as("%s", run).isZero();
    }
  }
}
