package io.poolwatch.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.poolwatch.fork.ForkedJvm;
import io.poolwatch.fork.ForkedRun;
import io.poolwatch.fork.Jdks;
import io.poolwatch.fork.Libraries;
import io.poolwatch.fork.Matrix;
import io.poolwatch.fork.ServiceJar;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One service whose hit rate falls at a rising load, for keys that multiply as parameters are
 * pushed to its nodes, or, the same fall, for something else: the sentence of the collapse names
 * which.
 */
@Matrix("a minute for what is usual to be known")
@Execution(ExecutionMode.CONCURRENT)
final class CollapseSentenceIT {
  private static final String SECONDS = "50";
  private static final String WRONG_SECONDS = "20";

  @TempDir static Path directory;
  private static Path service;

  @BeforeAll
  static void compile() {
    service = ServiceJar.build(directory, "falls", Libraries.COMMONS_POOL2, Libraries.NETTY);
  }

  @ParameterizedTest
  @CsvSource({"push, fragmented", "capacity, capacity", "validation, invalid"})
  void sentenceNamesWhatMadeTheHitRateFall(String fault, String cause) {
    List<String> told = collapse(Jdks.own(), fault);
    assertThat(told.get(2))
        .startsWith(fault.equals("push") ? "  key fragmentation: " : "  " + cause);
    assertThat(told).anyMatch(line -> line.startsWith("  " + cause + ": "));
    if (fault.equals("push")) {
      assertThat(told.get(2))
          .matches(
              "  key fragmentation: distinct keys ×\\d+\\.\\d since \\d\\d:\\d\\d:\\d\\d \\(\\d+ in 1 s, before"
                  + " 2\\), \\d+ idle under other keys, \\d+\\.\\d keys begun a second");
    }
  }

  @Test
  void virtualThreadsAreNamedWhereNettyDoesNotPoolOnThem() {
    Optional<Path> home = Jdks.withVirtualThreads();
    assumeTrue(home.isPresent(), () -> Jdks.missing(21));
    assertThat(collapse(home.get(), "virtual").get(2)).startsWith("  disabled: ");
  }

  /** The lines of the one collapse that is told. */
  private static List<String> collapse(Path home, String fault) {
    ForkedRun run =
        ForkedJvm.bare()
            .home(home)
            .agent(Libraries.agent(), "collapse.tick=1s")
            .classPath(service, Libraries.COMMONS_POOL2, Libraries.NETTY)
            .run("example.falls.Falls", fault, SECONDS, WRONG_SECONDS);
    List<String> lines = run.agentLines();
    List<String> collapses =
        lines.stream()
            .filter(line -> line.contains(" WARN collapse: "))
            .collect(Collectors.toList());
    assertThat(collapses).as("%s", run).hasSize(1);
    int first = lines.indexOf(collapses.get(0));
    assertThat(lines.get(first + 1)).as("%s", run).startsWith("  since ");
    return lines.subList(first, Math.min(lines.size(), first + 6));
  }
}
