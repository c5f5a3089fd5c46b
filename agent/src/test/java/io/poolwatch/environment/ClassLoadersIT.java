package io.poolwatch.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.fork.ForkedJvm;
import io.poolwatch.fork.ForkedRun;
import io.poolwatch.fork.Libraries;
import io.poolwatch.fork.ServiceJar;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Class loaders with their own copies of a pool library, made and dropped: nothing is left. */
@Execution(ExecutionMode.CONCURRENT)
final class ClassLoadersIT {
  @TempDir Path directory;

  /** Five times as many with {@code -Pmatrix}. */
  @Test
  void droppedLoadersWithCommonsPool2LeaveNothing() {
    Path service = ServiceJar.build(directory, "orders", Libraries.COMMONS_POOL2);
    int loaders = Boolean.getBoolean("matrix") ? 1_000 : 200;
    ForkedRun run = run(loaders, "example.orders.FewOrders", service, Libraries.COMMONS_POOL2);
    assertThat(run.sum("commons_pool2", row -> row.borrows))
        .as("%s", run)
        .isEqualTo(108L * loaders);
  }

  /** Twice as many with {@code -Pmatrix}. */
  @Test
  void droppedLoadersWithNettyLeaveNothing() {
    Path service = ServiceJar.build(directory, "buffers", Libraries.NETTY);
    int loaders = Boolean.getBoolean("matrix") ? 200 : 100;
    ForkedRun run = run(loaders, "example.buffers.ShortBuffers", service, Libraries.NETTY);
    assertThat(run.sum("netty_recycler", row -> row.borrows))
        .as("%s", run)
        .isEqualTo(1_003L * loaders);
  }

  private ForkedRun run(int loaders, String main, Path service, Path library) {
    ForkedRun run =
        ForkedJvm.watched()
            .quick()
            // What so many copies would need is many times as much.
            .options("-Xmx96m", "-XX:MaxMetaspaceSize=96m", "-Dio.netty.recycler.ratio=0")
            .classPath(ServiceJar.build(directory, "loaders"))
            .run(
                "example.loaders.LoaderService",
                Integer.toString(loaders),
                main,
                service.toString(),
                library.toString())
            .succeeded()
            .withoutComplaint();
    assertThat(run.out())
        .as("%s", run.serviceErr())
        .endsWith("alive 0\nmetaspace grew by no more than it may: true\n");
    return run;
  }
}
