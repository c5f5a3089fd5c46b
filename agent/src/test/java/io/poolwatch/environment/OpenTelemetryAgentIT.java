package io.poolwatch.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.logs.v1.LogRecord;
import io.poolwatch.fork.ForkedJvm;
import io.poolwatch.fork.ForkedRun;
import io.poolwatch.fork.Libraries;
import io.poolwatch.fork.OtlpCollector;
import io.poolwatch.fork.ServiceJar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenTelemetry's own agent beside ours: both export, and our samples bear its trace ids. */
@Execution(ExecutionMode.CONCURRENT)
final class OpenTelemetryAgentIT {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void bothWorkAndAnExemplarBearsATraceIdOfTheService(boolean oursFirst) throws IOException {
    Path theirs = Libraries.jar("opentelemetry-javaagent-2.31.0");
    Path service = ServiceJar.build(directory, "traced", Libraries.COMMONS_POOL2);
    try (OtlpCollector collector = OtlpCollector.start()) {
      ForkedJvm jvm =
          ForkedJvm.bare()
              .quick()
              .exportingTo(collector)
              .variable("OTEL_METRICS_EXPORTER", "otlp")
              .variable("OTEL_METRIC_EXPORT_INTERVAL", "2000")
              .variable("OTEL_TRACES_EXPORTER", "otlp")
              .variable("OTEL_LOGS_EXPORTER", "otlp")
              .variable("OTEL_SERVICE_NAME", "traced")
              .variable("OTEL_JAVAAGENT_LOGGING", "none");
      if (oursFirst) {
        jvm.agent(Libraries.agent(), "sample.rate=1").agent(theirs, "");
      } else {
        jvm.agent(theirs, "").agent(Libraries.agent(), "sample.rate=1");
      }
      ForkedRun run =
          jvm.options(
                  "-Dotel.instrumentation.methods.include=example.traced.TracedService[request,returnTwice]",
                  "-Dotel.javaagent.logging=none")
              .classPath(service, Libraries.COMMONS_POOL2)
              .run("example.traced.TracedService")
              .succeeded()
              .withoutComplaint();

      assertThat(run.out()).as("%s", run).isEqualToNormalizingNewlines("borrowed 161\n");
      assertThat(collector.traceIds()).as("spans of the other agent").hasSize(161);
      assertThat(collector.metricNames("io.poolwatch"))
          .contains("poolwatch.borrows", "poolwatch.loan.duration");
      assertThat(collector.lastSum("poolwatch.borrows")).as("%s", run).isEqualTo(161);
      assertThat(collector.scopes()).as("metrics of the other agent").hasSizeGreaterThan(1);
      assertThat(collector.exemplarTraceIds("poolwatch.loan.duration"))
          .as("%s", run)
          .isNotEmpty()
          .allMatch(collector.traceIds()::contains);
      assertViolationIsInItsTrace(run, collector);
    }
  }

  private static void assertViolationIsInItsTrace(ForkedRun run, OtlpCollector collector) {
    List<LogRecord> violations = collector.logs("poolwatch.violation");
    assertThat(violations).as("%s", run).hasSize(1);
    String trace = OtlpCollector.hexadecimal(violations.get(0).getTraceId());
    String span = OtlpCollector.hexadecimal(violations.get(0).getSpanId());
    assertThat(collector.traceIds()).as("%s", run).contains(trace);
    assertThat(collector.spanIds(trace)).as("%s", run).containsExactly(span);
    assertThat(String.join("\n", run.agentLines()))
        .contains("in trace " + trace + ", span " + span);
  }
}
