package io.poolwatch.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.fork.ForkedJvm;
import io.poolwatch.fork.ForkedRun;
import io.poolwatch.fork.Libraries;
import io.poolwatch.fork.ServiceJar;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JVMs that have less than usual. */
final class SmallJvmIT {
  @TempDir Path directory;

  @Test
  void serialCollectorWithASmallHeapIsEnough() {
    Workloads.assertOrders(orders("-XX:+UseSerialGC", "-Xmx64m"));
  }

  @Test
  void performanceCountersAreNotNeeded() {
    Workloads.assertOrders(orders("-XX:-UsePerfData"));
  }

  @Test
  void onlyTheModulesThatThePoolItselfNeedsAreNeeded() {
    // No java.logging, java.xml, java.naming, jdk.unsupported, …
    Workloads.assertOrders(orders("--limit-modules", "java.base,java.management"));
  }

  @Test
  void theRecyclerIsWatchedWithJavaBaseAlone() {
    Path service = ServiceJar.build(directory, "buffers", Libraries.NETTY);
    Workloads.assertBuffers(
        ForkedJvm.watched()
            .quick()
            .options("--limit-modules", "java.base", "-Dio.netty.recycler.ratio=0")
            .options("-Dorg.slf4j.simpleLogger.defaultLogLevel=error")
            .classPath(
                service,
                Libraries.NETTY,
                Libraries.jar("slf4j-api-2.0.16"),
                Libraries.jar("slf4j-simple-2.0.16"))
            .run(Workloads.BUFFERS));
  }

  @Test
  void aServiceWithoutPoolsOnJavaBaseAloneSeesNothing() {
    Path service = ServiceJar.build(directory, "quiet");
    ForkedRun run =
        ForkedJvm.watched()
            .quick()
            .options("--limit-modules", "java.base")
            .classPath(service)
            .run("example.quiet.QuietService")
            .succeeded();
    assertThat(run.agentLines()).isEmpty();
    assertThat(run.out()).isEqualToNormalizingNewlines("no\npool\nhere\n");
    assertThat(run.serviceErr())
        .isEqualToNormalizingNewlines("and nothing else on standard error\n");
  }

  private ForkedRun orders(String... options) {
    return ForkedJvm.watched()
        .quick()
        .options(options)
        .classPath(
            ServiceJar.build(directory, "orders", Libraries.COMMONS_POOL2), Libraries.COMMONS_POOL2)
        .run(Workloads.ORDERS);
  }
}
