package io.poolwatch.agent.trace;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * One copy of the OpenTelemetry API, reached by method handles. It refers to the classes of the
 * loader it came from, so it is only ever held by one of these classes itself: see {@link #of}.
 */
final class SpanApi {
  /** Hangs each copy's handles on its own {@code Span} class: they go when the loader goes. */
  private static final ClassValue<Holder> OF_CLASS =
      new ClassValue<>() {
        @Override
        protected Holder computeValue(Class<?> span) {
          return new Holder(link(span));
        }
      };

  private final MethodHandle currentContext;
  private final MethodHandle isValid;
  private final MethodHandle isSampled;
  private final MethodHandle traceId;
  private final MethodHandle spanId;

  private SpanApi(Class<?> span) throws ReflectiveOperationException {
    MethodHandles.Lookup lookup = MethodHandles.publicLookup();
    MethodHandle current = lookup.findStatic(span, "current", MethodType.methodType(span));
    Class<?> context = span.getMethod("getSpanContext").getReturnType();
    MethodHandle ofSpan =
        lookup.findVirtual(span, "getSpanContext", MethodType.methodType(context));
    currentContext =
        MethodHandles.filterReturnValue(current, ofSpan)
            .asType(MethodType.methodType(Object.class));
    isValid = getter(lookup, context, "isValid", boolean.class);
    isSampled = getter(lookup, context, "isSampled", boolean.class);
    traceId = getter(lookup, context, "getTraceId", String.class);
    spanId = getter(lookup, context, "getSpanId", String.class);
  }

  private static MethodHandle getter(
      MethodHandles.Lookup lookup, Class<?> context, String name, Class<?> type)
      throws ReflectiveOperationException {
    return lookup
        .findVirtual(context, name, MethodType.methodType(type))
        .asType(MethodType.methodType(type, Object.class));
  }

  /**
   * The API that a {@code Span} class belongs to, or null if it is not of a known shape.
   *
   * @param span the interface {@code io.opentelemetry.api.trace.Span}, maybe repackaged
   */
  static @Nullable SpanApi of(Class<?> span) {
    return OF_CLASS.get(span).api;
  }

  private static @Nullable SpanApi link(Class<?> span) {
    try {
      return new SpanApi(span);
    } catch (ReflectiveOperationException | LinkageError unknown) {
      return null;
    }
  }

  /**
   * Trace id and span id of the present thread's span, or null if it has no valid, sampled one.
   *
   * @throws Throwable whatever the service's context storage throws
   */
  String @Nullable [] currentSpan() throws Throwable {
    Object context = (Object) currentContext.invokeExact();
    if (!(boolean) isValid.invokeExact(context) || !(boolean) isSampled.invokeExact(context)) {
      return null;
    }
    return new String[] {
      (String) traceId.invokeExact(context), (String) spanId.invokeExact(context)
    };
  }

  /** Null cannot be told from absent in a class value. */
  private static final class Holder {
    final @Nullable SpanApi api;

    Holder(@Nullable SpanApi api) {
      this.api = api;
    }
  }
}
