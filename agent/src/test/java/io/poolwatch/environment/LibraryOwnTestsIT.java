package io.poolwatch.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.fork.ForkedJvm;
import io.poolwatch.fork.ForkedRun;
import io.poolwatch.fork.Libraries;
import java.io.File;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commons Pool2's own tests pass with the agent as they do without. */
@EnabledIfSystemProperty(
    named = "matrix",
    matches = "true",
    disabledReason = "takes minutes: run with -Pmatrix")
final class LibraryOwnTestsIT {
  private static final Pattern FOUND = Pattern.compile("(\\d+) tests (found|successful)");
  private static final Pattern FAILED = Pattern.compile("(?m)^  JUnit (?:Jupiter|Vintage):(\\S+)$");

  @ParameterizedTest
  @CsvSource({
    "2.6.2, impl.TestSoftReferenceObjectPool",
    "2.6.2, impl.TestGenericObjectPool",
    "2.12.0, TestPoolUtils",
    "2.12.0, impl.TestSoftReferenceObjectPool",
    "2.12.0, impl.TestAbandonedObjectPool",
    "2.12.0, impl.TestGenericObjectPool",
  })
  void theyPassAlike(String version, String testClass) {
    ForkedRun bare = run(false, version, testClass);
    ForkedRun watched = run(true, version, testClass).withoutComplaint();

    assertThat(tests(bare, "found")).as("%s", bare).isPositive();
    assertThat(tests(watched, "found")).isEqualTo(tests(bare, "found"));
    assertThat(failed(watched)).as("%s", watched).isEqualTo(failed(bare));
    assertThat(tests(watched, "successful")).isEqualTo(tests(bare, "successful"));
    assertThat(watched.pools()).as("%s", watched).isNotEmpty();
  }

  private static ForkedRun run(boolean watched, String version, String testClass) {
    return ForkedJvm.of(watched)
        .options("-jar")
        .run(
            Libraries.jar("junit-platform-console-standalone-1.14.4").toString(),
            "execute",
            "--disable-banner",
            "--disable-ansi-colors",
            "--details=summary",
            "-cp",
            String.join(
                File.pathSeparator,
                Libraries.jar("commons-pool2-" + version + "-tests").toString(),
                Libraries.jar("commons-pool2-" + version).toString(),
                Libraries.jar("junit-4.13.2").toString(),
                Libraries.jar("hamcrest-core-1.3").toString()),
            "-c",
            "org.apache.commons.pool2." + testClass);
  }

  private static int tests(ForkedRun run, String what) {
    Matcher matcher = FOUND.matcher(run.out());
    while (matcher.find()) {
      if (matcher.group(2).equals(what)) {
        return Integer.parseInt(matcher.group(1));
      }
    }
    throw new AssertionError("no summary in " + run);
  }

  private static Set<String> failed(ForkedRun run) {
    Set<String> names = new TreeSet<>();
    Matcher matcher = FAILED.matcher(run.out());
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }
}
