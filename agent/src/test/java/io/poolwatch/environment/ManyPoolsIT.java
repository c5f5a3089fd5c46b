package io.poolwatch.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.fork.ForkedJvm;
import io.poolwatch.fork.ForkedRun;
import io.poolwatch.fork.Libraries;
import io.poolwatch.fork.ServiceJar;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What the agent keeps for a pool, while the pool lives and after. */
@Execution(ExecutionMode.CONCURRENT)
final class ManyPoolsIT {
  private static final Pattern BYTES = Pattern.compile("bytes a pool (-?\\d+)");

  @TempDir Path directory;

  @Test
  void aHundredThousandDroppedPoolsLeaveTheirCountsAndNothingElse() {
    ForkedRun run = run(true, "100000", "drop");
    assertThat(run.out()).contains("last one is gone: true");
    assertThat(bytesPerPool(run)).as("%s", run).isLessThan(8);
    assertThat(run.sum("commons_pool2", row -> row.borrows)).as("%s", run).isEqualTo(120_001);
    assertThat(run.sum("commons_pool2", row -> row.created)).isEqualTo(120_001);
    assertThat(run.sum("commons_pool2", row -> row.idle + row.used)).isLessThanOrEqualTo(1);
    assertThat(run.sum("commons_pool2", row -> row.removed)).isGreaterThanOrEqualTo(120_000);
    assertThat(run.pools()).allMatch(row -> row.reasons.equals("pool_gone"));
  }

  @Test
  void aBookTakesLessThanTwoKilobytes() {
    long bare = bytesPerPool(run(false, "20000", "keep"));
    long watched = bytesPerPool(run(true, "20000", "keep"));
    assertThat(bare).isPositive();
    assertThat(watched - bare).isBetween(1L, 2048L);
  }

  private static long bytesPerPool(ForkedRun run) {
    Matcher matcher = BYTES.matcher(run.out());
    assertThat(matcher.find()).as("%s", run).isTrue();
    return Long.parseLong(matcher.group(1));
  }

  private ForkedRun run(boolean watched, String... arguments) {
    return ForkedJvm.of(watched)
        .options("-Xmx512m", "-XX:+UseSerialGC")
        .classPath(
            ServiceJar.build(directory, "manypools", Libraries.COMMONS_POOL2),
            Libraries.COMMONS_POOL2)
        .run("example.manypools.ManyPools", arguments[0], arguments[1])
        .succeeded()
        .withoutComplaint();
  }
}
