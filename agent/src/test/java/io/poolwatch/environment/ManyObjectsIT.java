package io.poolwatch.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.fork.ForkedJvm;
import io.poolwatch.fork.ForkedRun;
import io.poolwatch.fork.Libraries;
import io.poolwatch.fork.ServiceJar;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What is remembered for violations takes a bounded amount of memory, however much is pooled. */
@Execution(ExecutionMode.CONCURRENT)
final class ManyObjectsIT {
  private static final long MOST_BYTES = 16_000_000;

  /** Of each of two pools: more than are watched or guarded of all. */
  private static final String MANY = Boolean.getBoolean("matrix") ? "1000000" : "400000";

  /** References of the tables by identity, and of those that bound what is kept. */
  private static final long TABLES = 4 * (4 * 8_192 + 10_000 + 512);

  /** Weak references to the lives that have a trail. */
  private static final long TRAILS = 32 * 10_000;

  /** Tags and wards of the guard. */
  private static final long PLACES = (4 + 4) * (1 << 17);

  /** Instances, bytes, class. */
  private static final Pattern ROW = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(\\S+).*");

  /** Not what the books themselves keep of pools, objects and counts. */
  private static final Pattern OURS =
      Pattern.compile(
          "java\\.poolwatch\\.(guard|violation|fingerprint)\\..*"
              + "|java\\.poolwatch\\.book\\..*Tracked(Object)?"
              + "|\\[?L?java\\.lang\\.StackTraceElement;?");

  @TempDir static Path directory;

  @Test
  void memoryIsBoundedHoweverManyObjectsThereAre() {
    Path service =
        ServiceJar.build(directory, "manyobjects", Libraries.COMMONS_POOL2, Libraries.NETTY);
    ForkedRun run =
        ForkedJvm.bare()
            .agent(Libraries.agent(), "fingerprint=1024")
            .options("-Xmx2g", "-Dio.netty.recycler.ratio=0")
            .options("-Dio.netty.recycler.maxCapacityPerThread=100000")
            .classPath(service, Libraries.COMMONS_POOL2, Libraries.NETTY)
            .run("example.manyobjects.ManyObjects", MANY)
            .succeeded();
    TreeMap<String, Long> bytes = new TreeMap<>();
    run.out()
        .lines()
        .map(ROW::matcher)
        .filter(Matcher::matches)
        .filter(row -> OURS.matcher(row.group(3)).matches())
        .forEach(row -> bytes.merge(row.group(3), Long.valueOf(row.group(2)), Long::sum));
    bytes.put("tables", TABLES);
    bytes.put("places", PLACES);
    bytes.put("trails", TRAILS);
    long sum = bytes.values().stream().mapToLong(Long::longValue).sum();

    assertThat(bytes)
        .as("%s", run)
        .containsKeys(
            "java.poolwatch.guard.Ward",
            "java.poolwatch.book.ObjectBook$Tracked",
            "java.poolwatch.violation.LoanTrail",
            "java.lang.StackTraceElement");
    assertThat(sum).as("%s", bytes).isLessThan(MOST_BYTES);
  }
}
