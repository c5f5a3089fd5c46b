package io.poolwatch.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.fork.ForkedJvm;
import io.poolwatch.fork.ForkedRun;
import io.poolwatch.fork.Libraries;
import io.poolwatch.fork.ServiceJar;
import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same jar on other JDKs: {@code -Dpoolwatch.jdks="$(agent/jdks DIRECTORY 11 21 26 | paste
 * -sd:)"}.
 */
@EnabledIfSystemProperty(
    named = "poolwatch.jdks",
    matches = ".+",
    disabledReason =
        "needs other JDKs: -Dpoolwatch.jdks=\"$(agent/jdks DIRECTORY 11 21 26 | paste -sd:)\"")
final class JdkMatrixIT {
  @TempDir Path directory;

  @ParameterizedTest
  @MethodSource("io.poolwatch.fork.Jdks#listed")
  void commonsPool2IsWatched(Path home) {
    Path service = ServiceJar.build(directory, "orders", Libraries.COMMONS_POOL2);
    ForkedRun run =
        ForkedJvm.watched()
            .home(home)
            .classPath(service, Libraries.COMMONS_POOL2)
            .run(Workloads.ORDERS);
    Workloads.assertOrders(run);
    assertThat(run.serviceErr()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("io.poolwatch.fork.Jdks#listed")
  void theRecyclerIsWatched(Path home) {
    Path service = ServiceJar.build(directory, "buffers", Libraries.NETTY);
    Workloads.assertBuffers(
        ForkedJvm.watched()
            .home(home)
            .options("-Dio.netty.recycler.ratio=0")
            .classPath(service, Libraries.NETTY)
            .run(Workloads.BUFFERS));
  }

  @ParameterizedTest
  @MethodSource("io.poolwatch.fork.Jdks#listed")
  void aServiceWithoutPoolsSeesNothing(Path home) {
    Path service = ServiceJar.build(directory, "quiet");
    ForkedRun bare = quiet(ForkedJvm.bare(), home, service);
    ForkedRun watched = quiet(ForkedJvm.watched(), home, service);
    assertThat(watched.out()).isEqualTo(bare.out());
    assertThat(watched.serviceErr()).isEqualTo(bare.serviceErr());
    assertThat(watched.agentLines()).isEmpty();
  }

  private static ForkedRun quiet(ForkedJvm jvm, Path home, Path service) {
    return jvm.home(home).classPath(service).run("example.quiet.QuietService").succeeded();
  }
}
