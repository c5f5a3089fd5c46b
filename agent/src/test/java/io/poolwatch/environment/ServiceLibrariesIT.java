package io.poolwatch.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.fork.ForkedJvm;
import io.poolwatch.fork.ForkedRun;
import io.poolwatch.fork.Libraries;
import io.poolwatch.fork.ServiceJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Services that carry other versions of what the agent carries, and that configure them. Without a
 * pool both streams are the same, byte for byte; with one, only the agent's own lines come on top.
 */
@Execution(ExecutionMode.CONCURRENT)
final class ServiceLibrariesIT {
  private static final Path SLF4J = Libraries.jar("slf4j-api-2.0.16");
  private static final Path SIMPLE = Libraries.jar("slf4j-simple-2.0.16");
  private static final Path LOGBACK = Libraries.jar("logback-classic-1.3.15");
  private static final Path LOGBACK_CORE = Libraries.jar("logback-core-1.3.15");

  @TempDir Path directory;

  @Test
  void aServiceWithoutPools() {
    Path service = ServiceJar.build(directory, "quiet");
    String main = "example.quiet.QuietService";
    ForkedRun watched = run(true, main, List.of(service), jvm -> {});
    assertSame(run(false, main, List.of(service), jvm -> {}), watched);
    assertThat(watched.agentLines()).isEmpty();
  }

  @Test
  void itsOwnLogbackAndItsConfiguration() throws IOException {
    Path configuration = directory.resolve("logback-service.xml");
    Files.writeString(
        configuration,
        // Else Logback tells only of what happened in the last 300 ms, on a busy machine less.
        "<configuration><statusListener"
            + " class='ch.qos.logback.core.status.OnConsoleStatusListener'>"
            + "<retrospective>600000</retrospective></statusListener>"
            + "<appender name='A' class='ch.qos.logback.core.ConsoleAppender'>"
            + "<target>System.err</target>"
            + "<encoder><pattern>service %level %msg%n%ex{full}</pattern></encoder></appender>"
            + "<root level='DEBUG'><appender-ref ref='A'/></root></configuration>");
    ForkedRun run =
        assertUndisturbed(
            "example.logback.LoggingService",
            List.of(ServiceJar.build(directory, "logback", SLF4J), SLF4J, LOGBACK, LOGBACK_CORE),
            jvm -> jvm.options("-Dlogback.configurationFile=" + configuration),
            10);
    assertThat(run.serviceErr()).contains("service DEBUG a detail");
  }

  @Test
  void itsOwnSlf4jProvider() {
    ForkedRun run =
        assertUndisturbed(
            "example.logback.LoggingService",
            List.of(
                ServiceJar.build(directory, "logback", SLF4J),
                SLF4J,
                SIMPLE,
                LOGBACK,
                LOGBACK_CORE),
            jvm -> jvm.options("-Dslf4j.provider=org.slf4j.simple.SimpleServiceProvider"),
            4);
    assertThat(run.serviceErr()).contains("SimpleLoggerFactory");
  }

  @Test
  void aLogManagerThatIsSetLate() {
    Path manager = Libraries.jar("jboss-logmanager-2.1.19.Final");
    ForkedRun run =
        assertUndisturbed(
            "example.jboss.JulService",
            List.of(
                ServiceJar.build(directory, "jboss"),
                manager,
                Libraries.jar("wildfly-common-1.6.0.Final")),
            jvm -> {},
            2);
    assertThat(run.out())
        .isEqualToNormalizingNewlines(
            "org.jboss.logmanager.LogManager\norg.jboss.logmanager.Logger\n");
  }

  @Test
  void anotherOpenTelemetrySdk() {
    List<Path> jars = new ArrayList<>();
    for (String part :
        List.of("api", "context", "sdk", "sdk-common", "sdk-trace", "sdk-metrics", "sdk-logs")) {
      jars.add(Libraries.jar("opentelemetry-" + part + "-1.40.0"));
    }
    jars.add(Libraries.jar("opentelemetry-api-incubator-1.40.0-alpha"));
    jars.add(0, ServiceJar.build(directory, "telemetry", jars.toArray(new Path[0])));
    ForkedRun run = assertUndisturbed("example.telemetry.TelemetryService", jars, jvm -> {}, 3);
    assertThat(run.out()).contains("in a span: true").contains("still the same: true");
  }

  @Test
  void anotherByteBuddy() {
    Path buddy = Libraries.jar("byte-buddy-1.14.19");
    Path agent = Libraries.jar("byte-buddy-agent-1.14.19");
    ForkedRun run =
        assertUndisturbed(
            "example.weaver.WeavingService",
            List.of(ServiceJar.build(directory, "weaver", buddy, agent), buddy, agent),
            jvm -> {},
            3);
    assertThat(run.out()).startsWith("woven\nmade\n");
  }

  /**
   * Runs the service four times: without and with the agent, alone and with pools in it.
   *
   * @param least how many lines it writes at least, so that equal is not merely empty
   * @return the run with the agent and without pools
   */
  private ForkedRun assertUndisturbed(
      String main, List<Path> jars, Consumer<ForkedJvm> options, int least) {
    ForkedRun bare = run(false, main, jars, options);
    ForkedRun alone = run(true, main, jars, options);
    assertThat((bare.out() + bare.serviceErr()).lines()).hasSizeGreaterThanOrEqualTo(least);
    assertSame(bare, alone);
    assertThat(alone.agentLines()).isEmpty();

    List<Path> pooled = new ArrayList<>(jars);
    pooled.add(ServiceJar.build(directory, "orders", Libraries.COMMONS_POOL2));
    pooled.add(Libraries.COMMONS_POOL2);
    bare = run(false, main, pooled, options, Workloads.ORDERS);
    ForkedRun watched = run(true, main, pooled, options, Workloads.ORDERS).withoutComplaint();
    assertSame(bare, watched);
    assertThat(watched.pool("commons_pool2").borrows).as("%s", watched).isEqualTo(1008);
    return alone;
  }

  private static ForkedRun run(
      boolean watched, String main, List<Path> jars, Consumer<ForkedJvm> options, String... more) {
    ForkedJvm jvm = ForkedJvm.of(watched).quick().classPath(jars.toArray(new Path[0]));
    options.accept(jvm);
    List<String> command = new ArrayList<>(List.of(main));
    command.addAll(List.of(more));
    return jvm.run(command.toArray(new String[0])).succeeded();
  }

  private static void assertSame(ForkedRun bare, ForkedRun watched) {
    assertThat(timeless(watched.out())).isEqualTo(timeless(bare.out()));
    assertThat(timeless(watched.serviceErr())).isEqualTo(timeless(bare.serviceErr()));
  }

  /** Without times of day, durations and identity hashes, which differ from run to run. */
  private static String timeless(String text) {
    return text.replaceAll("(?m)^\\d\\d:\\d\\d:\\d\\d,\\d+", "TIME")
        .replaceAll("lasted \\d+ milliseconds", "lasted")
        .replaceAll("@[0-9a-f]+", "@");
  }
}
