package example.telemetry;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SdkTracerProvider;

/** A service with an OpenTelemetry SDK of its own, of another version than the agent's. */
public final class TelemetryService {
  private TelemetryService() {}

  public static void main(String[] arguments) throws Exception {
    OpenTelemetrySdk sdk =
        OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder().build())
            .buildAndRegisterGlobal();
    Tracer tracer = GlobalOpenTelemetry.getTracer("example");
    Span span = tracer.spanBuilder("work").startSpan();
    try (Scope scope = span.makeCurrent()) {
      System.out.println("in a span: " + Span.current().getSpanContext().isValid());
      if (arguments.length > 0) {
        Class.forName(arguments[0])
            .getMethod("main", String[].class)
            .invoke(null, (Object) new String[0]);
      }
      System.out.println("still the same: " + (Span.current() == span));
    }
    span.end();
    System.out.println(sdk.getClass().getProtectionDomain().getCodeSource().getLocation());
  }
}
