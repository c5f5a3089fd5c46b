package io.poolwatch.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.fork.ForkedJvm;
import io.poolwatch.fork.ForkedRun;
import io.poolwatch.fork.Libraries;
import io.poolwatch.fork.Matrix;
import java.io.File;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The own tests of Commons Pool2 and Commons DBCP pass with the agent and its guard as they do
 * without; and of broken contracts it tells those alone that the tests break on purpose.
 */
@Matrix("takes minutes")
final class LibraryOwnTestsIT {
  private static final Pattern FOUND = Pattern.compile("(\\d+) tests (found|successful)");
  private static final Pattern FAILED = Pattern.compile("(?m)^  JUnit (?:Jupiter|Vintage):(\\S+)$");
  private static final Pattern BROKEN =
      Pattern.compile("(?m)^  (\\S+)  ([a-z]+(?:_[a-z]+)+) (\\d+)$");

  /**
   * The third column names what the tests themselves do to pools, by the class of their objects,
   * and how often: {@code any} where twenty threads invalidate objects of one pool by chance.
   */
  @ParameterizedTest
  @CsvSource({
    "2.6.2, impl.TestSoftReferenceObjectPool, 'Integer use_after_destroy 1'",
    "2.6.2, impl.TestGenericObjectPool, 'String double_return any;String foreign_return any;String use_after_destroy any;Waiter double_return 1'",
    "2.12.0, TestPoolUtils, ''",
    "2.12.0, impl.TestSoftReferenceObjectPool, 'Integer use_after_destroy 1'",
    "2.12.0, impl.TestAbandonedObjectPool, ''",
    "2.12.0, impl.TestGenericObjectPool, 'String double_return any;String foreign_return any;String use_after_destroy any;Waiter double_return 1'",
  })
  void thoseOfCommonsPool2PassAlike(String version, String testClass, String broken) {
    passAlike(
        "org.apache.commons.pool2." + testClass,
        broken,
        "commons-pool2-" + version + "-tests",
        "commons-pool2-" + version,
        "junit-4.13.2",
        "hamcrest-core-1.3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TestBasicDataSource",
        "TestPoolingDataSource",
        "TestPStmtPooling",
        "TestPStmtPoolingBasicDataSource",
        "TestAbandonedBasicDataSource",
        "datasources.TestSharedPoolDataSource",
        "datasources.TestPerUserPoolDataSource"
      })
  void thoseOfCommonsDbcpPassAlikeAndBreakNoContract(String testClass) {
    passAlike(
        "org.apache.commons.dbcp2." + testClass,
        "",
        "commons-dbcp2-2.14.0-tests",
        "commons-dbcp2-2.14.0",
        "commons-pool2-2.13.1",
        "commons-logging-1.3.5",
        "commons-io-2.16.1",
        "commons-lang3-3.17.0",
        "h2-2.2.224",
        "jakarta.transaction-api-1.3.3",
        "mockito-core-4.11.0",
        "byte-buddy-1.12.19",
        "byte-buddy-agent-1.12.19",
        "objenesis-3.3");
  }

  private static void passAlike(String testClass, String broken, String... libraries) {
    ForkedRun bare = run(ForkedJvm.bare(), testClass, libraries);
    ForkedRun watched =
        run(
                ForkedJvm.bare().agent(Libraries.agent(), "fingerprint=1,fingerprint.classes=*"),
                testClass,
                libraries)
            .withoutComplaint();

    assertThat(tests(bare, "found")).as("%s", bare).isPositive();
    assertThat(tests(watched, "found")).isEqualTo(tests(bare, "found"));
    assertThat(failed(watched)).as("%s", watched).isEqualTo(failed(bare));
    assertThat(tests(watched, "successful")).isEqualTo(tests(bare, "successful"));
    assertThat(watched.pools()).as("%s", watched).isNotEmpty();
    assertThat(broken(watched, broken)).as("%s", watched).isEqualTo(broken);
  }

  private static ForkedRun run(ForkedJvm jvm, String testClass, String... libraries) {
    return jvm.options("-jar")
        .run(
            Libraries.jar("junit-platform-console-standalone-1.14.4").toString(),
            "execute",
            "--disable-banner",
            "--disable-ansi-colors",
            "--details=summary",
            "-cp",
            Stream.of(libraries)
                .map(library -> Libraries.jar(library).toString())
                .collect(Collectors.joining(File.pathSeparator)),
            "-c",
            testClass);
  }

  /** What was told, and how often, unless that is not said to matter. */
  private static String broken(ForkedRun run, String expected) {
    List<String> uncounted = List.of(expected.split(";"));
    Set<String> kinds = new TreeSet<>();
    Matcher matcher = BROKEN.matcher(String.join("\n", run.agentLines()));
    while (matcher.find()) {
      String kind = matcher.group(1) + " " + matcher.group(2) + " ";
      kinds.add(kind + (uncounted.contains(kind + "any") ? "any" : matcher.group(3)));
    }
    return String.join(";", kinds);
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
