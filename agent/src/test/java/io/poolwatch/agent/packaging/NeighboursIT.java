package io.poolwatch.agent.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.Context;
import io.poolwatch.agent.packaging.Jvm.Result;
import io.poolwatch.agent.service.LogManagerService;
import io.poolwatch.agent.service.LogbackService;
import io.poolwatch.agent.service.QuietService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.pool2.ObjectPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;

/** What belongs to the service stays the service's. */
@Execution(ExecutionMode.CONCURRENT)
class NeighboursIT {
  private static final String CONFIGURATION =
      "<configuration><appender name='A' class='ch.qos.logback.core.ConsoleAppender'><encoder>"
          + "<pattern>mine %level %msg%n</pattern></encoder></appender>"
          + "<root level='DEBUG'><appender-ref ref='A'/></root></configuration>";

  @Test
  void serviceKeepsItsLogbackItsProviderAndItsSystemProperties(@TempDir Path folder)
      throws Exception {
    Path file = Files.writeString(folder.resolve("theirs.xml"), CONFIGURATION);
    String[] options = {
      "-Dlogback.configurationFile=" + file,
      "-Dslf4j.provider=ch.qos.logback.classic.spi.LogbackServiceProvider",
      "-Dslf4j.internal.verbosity=WARN"
    };
    List<Class<?>> libraries =
        List.of(ObjectPool.class, Logger.class, LoggerContext.class, Context.class);
    Result bare = Jvm.own().option(options).run(LogbackService.class, libraries);
    Result watched = Jvm.own().agent("").option(options).run(LogbackService.class, libraries);
    assertThat(watched.out).isEqualTo(bare.out).contains("mine INFO hello");
    assertThat(bare.err).isEmpty();
    assertThat(watched.errLines()).hasSize(4).allMatch(line -> !line.contains("mine"));
  }

  @Test
  void providerThatOnlyTheServiceHasDoesNotReachTheAgent() throws Exception {
    Result watched =
        Jvm.own()
            .agent("foo=1")
            .option("-Dslf4j.provider=com.example.Theirs", "-Dlogback.debug=true")
            .run(QuietService.class, List.of());
    assertThat(watched.errLines())
        .hasSize(2)
        .anyMatch(line -> line.contains("unknown key \"foo\""));
  }

  @ParameterizedTest
  @MethodSource("io.poolwatch.fork.Jdks#all")
  void serviceMayStillChooseItsLogManagerAfterTheExportersRun(Path home) throws Exception {
    List<Class<?>> libraries = List.of(ObjectPool.class);
    assertThat(Jvm.at(home).run(LogManagerService.class, libraries).out).contains("service: Own");
    Result watched =
        Jvm.at(home)
            .agent("")
            .variable("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
            .variable("OTEL_METRIC_EXPORT_INTERVAL", "500")
            // Nobody answers there.
            .variable("POOLWATCH_EXIT_TIMEOUT", "2s")
            .run(LogManagerService.class, libraries);
    assertThat(watched.exit).isZero();
    assertThat(watched.out).contains("service: Own");
  }
}
