package io.poolwatch.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.fork.ForkedJvm;
import io.poolwatch.fork.ForkedRun;
import io.poolwatch.fork.Libraries;
import io.poolwatch.fork.OtlpCollector;
import io.poolwatch.fork.ServiceJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bugs that real projects had with their pools, rebuilt small: each is found, and explained. */
final class RealBugsIT {
  @TempDir static Path directory;

  @Test
  void eachIsFoundWithBothSides() throws IOException {
    Path service =
        ServiceJar.build(directory, "realbugs", Libraries.COMMONS_POOL2, Libraries.NETTY);
    Path log = directory.resolve("agent.log");
    try (OtlpCollector collector = OtlpCollector.start()) {
      ForkedRun run =
          ForkedJvm.bare()
              .agent(
                  Libraries.agent(),
                  "fingerprint=1,stack.max=1000000,log.level=debug,log.file=" + log)
              .options("-Dio.netty.recycler.ratio=0")
              .exportingTo(collector)
              .classPath(service, Libraries.COMMONS_POOL2, Libraries.NETTY)
              .run("example.realbugs.RealBugs", log.toString())
              .succeeded();
      assertThat(run.out().strip()).isEqualTo("two clients share a buffer: true");
      String told = Files.readString(log);
      assertFound(
          collector,
          told,
          "HeaderOnErrorPath.HeaderBuffers",
          "double_return",
          "onError",
          "generate");
      assertFound(
          collector, told, "BatchInFlight.BatchBuffers", "write_after_return", "send", "expire");
      assertFound(
          collector, told, "EntryOfTwoThreads.Entry", "use_after_return", "complete", "onTimeout");
      assertFound(
          collector, told, "SlowCallback.Connections", "use_after_return", "onReply", "giveUp");
      assertFound(
          collector, told, "EarlyRelease.Chunks", "write_after_return", "nextRequest", "release");
      assertThat(collector.last("poolwatch.violations")).as("%s", told).isEqualTo(5);
    }
  }

  private static void assertFound(
      OtlpCollector collector, String told, String pool, String kind, String use, String giving) {
    assertThat(
            collector.last(
                "poolwatch.violations",
                "poolwatch.pool.name=" + pool,
                "poolwatch.violation=" + kind))
        .as("%s of %s in %s", kind, pool, told)
        .isEqualTo(1);
    int start = told.indexOf(kind + " in pool " + pool);
    assertThat(start).as("%s of %s in %s", kind, pool, told).isNotNegative();
    int end = told.indexOf("[poolwatch]", start);
    String report = told.substring(start, end < 0 ? told.length() : end);
    assertThat(report).contains("." + use + "(", "." + giving + "(");
  }
}
