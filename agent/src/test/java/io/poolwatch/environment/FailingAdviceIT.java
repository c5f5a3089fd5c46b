package io.poolwatch.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.fork.ForkedJvm;
import io.poolwatch.fork.ForkedRun;
import io.poolwatch.fork.Libraries;
import io.poolwatch.fork.ServiceJar;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Advice that throws: the service itself breaks the book of its pool. */
final class FailingAdviceIT {
  @TempDir Path directory;

  @Test
  void failingAdviceIsToldOnceAndSwitchedOffAndThePoolWorksOn() {
    ForkedRun run =
        ForkedJvm.watched()
            .quick()
            .classPath(
                ServiceJar.build(directory, "broken", Libraries.COMMONS_POOL2),
                Libraries.COMMONS_POOL2)
            .run("example.broken.BrokenBookService")
            .succeeded();
    assertThat(run.out())
        .as("%s", run)
        .isEqualToNormalizingNewlines(
            "references removed: true\nborrowed 201 destroyed 100 active 0\n");
    assertThat(run.serviceErr()).isEmpty();
    assertThat(run.agentComplaints()).as("%s", run).hasSize(2);
    assertThat(run.agentComplaints().get(0))
        .contains("commons_pool2")
        .contains("failed")
        .contains("NullPointerException");
    assertThat(run.agentComplaints().get(1))
        .contains("commons_pool2: no longer watched after ")
        .contains("its figures are not reported any more");
    assertThat(run.pools()).as("%s", run).isEmpty();
  }
}
