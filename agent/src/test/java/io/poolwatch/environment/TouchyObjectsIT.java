package io.poolwatch.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.fork.ForkedJvm;
import io.poolwatch.fork.ForkedRun;
import io.poolwatch.fork.Libraries;
import io.poolwatch.fork.OtlpCollector;
import io.poolwatch.fork.ServiceJar;
import io.poolwatch.pool.ThreadLocalPool;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * With everything switched on that looks at objects, and all contracts broken, no {@code equals},
 * {@code hashCode}, {@code toString} or {@code finalize} of theirs is called.
 */
final class TouchyObjectsIT {
  private static final String ALL =
      "fingerprint=1,fingerprint.classes=*,fingerprint.netty_recycler=true,stack.max=1000000,"
          + "guard.thread_local=true,fingerprint.thread_local=true";

  @TempDir static Path directory;

  @Test
  void noMethodOfPooledObjectsIsCalled() throws Exception {
    Path bundled =
        Path.of(ThreadLocalPool.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path service =
        ServiceJar.build(directory, "touchy", Libraries.COMMONS_POOL2, Libraries.NETTY, bundled);
    try (OtlpCollector collector = OtlpCollector.start()) {
      ForkedRun run =
          ForkedJvm.bare()
              .quick()
              .agent(Libraries.agent(), ALL)
              .options("-Dio.netty.recycler.ratio=0")
              .exportingTo(collector)
              .classPath(service, Libraries.COMMONS_POOL2, Libraries.NETTY, bundled)
              .run("example.touchy.TouchyService")
              .succeeded();

      assertThat(run.out().strip()).as("%s", run).isEqualTo("calls = 0");
      assertThat(run.serviceErr()).as("%s", run).isEmpty();
      for (String kind :
          new String[] {
            "double_return",
            "foreign_return",
            "use_after_return",
            "use_after_destroy",
            "write_after_return"
          }) {
        assertThat(collector.last("poolwatch.violations", "poolwatch.violation=" + kind))
            .as("%s in %s", kind, run)
            .isPositive();
      }
      for (String kind : new String[] {"use_after_return", "write_after_return"}) {
        assertThat(
                collector.last(
                    "poolwatch.violations",
                    "poolwatch.pool.system=thread_local",
                    "poolwatch.violation=" + kind))
            .as("%s of the bundled pool in %s", kind, run)
            .isPositive();
      }
      assertThat(collector.last("poolwatch.object.removed", "poolwatch.reason=leaked"))
          .as("%s", run)
          .isPositive();
      assertThat(collector.last("poolwatch.agent.failures")).as("%s", run).isZero();
    }
  }
}
