package io.poolwatch.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.fork.ForkedJvm;
import io.poolwatch.fork.ForkedRun;
import io.poolwatch.fork.Libraries;
import io.poolwatch.fork.Matrix;
import io.poolwatch.fork.ServiceJar;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a pool throws is what it throws without the agent: class, message, trace, line numbers. */
@Execution(ExecutionMode.CONCURRENT)
final class ExceptionsIT {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"2.0", "2.6.2", "2.13.1"})
  void exceptionsAndTheirTracesAreThoseOfTheLibrary(String version) {
    Path library = Libraries.jar("commons-pool2-" + version);
    Path service = ServiceJar.build(directory, "failures", library);
    ForkedRun bare = run(false, service, library);
    ForkedRun watched = run(true, service, library).withoutComplaint();

    assertThat(bare.out()).contains("Exception").doesNotContain("poolwatch");
    assertThat(timeless(watched)).isEqualTo(timeless(bare));
    assertThat(watched.serviceErr()).isEqualTo(bare.serviceErr());
    assertThat(watched.pools()).as("%s", watched).isNotEmpty();
  }

  @ParameterizedTest
  @Matrix("releases between these")
  @ValueSource(strings = {"2.4.2", "2.9.0", "2.11.1", "2.12.0"})
  void exceptionsAndTheirTracesAreThoseOfMoreReleases(String version) {
    exceptionsAndTheirTracesAreThoseOfTheLibrary(version);
  }

  /** 2.13 says in its message how much of the time to wait was left. */
  private static String timeless(ForkedRun run) {
    return run.out().replaceAll("(maxWaitDuration=PT)[0-9.]+S", "$1…");
  }

  private static ForkedRun run(boolean watched, Path service, Path library) {
    return ForkedJvm.of(watched)
        .quick()
        .classPath(service, library)
        .run("example.failures.FailingService")
        .succeeded();
  }
}
