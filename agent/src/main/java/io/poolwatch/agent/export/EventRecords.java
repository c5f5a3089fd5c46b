package io.poolwatch.agent.export;

import io.opentelemetry.api.logs.LogRecordBuilder;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;

/** Makes OpenTelemetry log records of events, each in the context of the service's span. */
final class EventRecords {
  private static final String SCOPE = "io.poolwatch";

  private EventRecords() {}

  static void emit(OpenTelemetrySdk sdk, AgentEvent event) {
    LogRecordBuilder record =
        sdk.getSdkLoggerProvider()
            .get(SCOPE)
            .logRecordBuilder()
            .setEventName(event.name())
            .setSeverity(event.isWarning() ? Severity.WARN : Severity.INFO)
            .setSeverityText(event.isWarning() ? "WARN" : "INFO")
            .setBody(event.body())
            .setContext(contextOf(event));
    event.attributes().forEach(record::setAttribute);
    record.emit();
  }

  private static Context contextOf(AgentEvent event) {
    String trace = event.traceId();
    String span = event.spanId();
    if (trace == null || span == null) {
      return Context.root();
    }
    return Context.root()
        .with(
            Span.wrap(
                SpanContext.createFromRemoteParent(
                    trace, span, TraceFlags.getSampled(), TraceState.getDefault())));
  }
}
