package io.poolwatch.agent.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Scope;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ServiceSpansTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";

  private final ServiceSpans spans = new ServiceSpans();

  private void noticeApi(ClassLoader loader) {
    spans.classSeen(loader, "io/opentelemetry/api/trace/Span");
    spans.classSeen(loader, "io/opentelemetry/context/LazyStorage");
    spans.tick(true);
  }

  private static Span span(TraceFlags flags) {
    return Span.wrap(SpanContext.create(TRACE, SPAN, flags, TraceState.getDefault()));
  }

  @Test
  void theCurrentSampledSpanIsFound() {
    noticeApi(Span.class.getClassLoader());
    try (Scope ignored = span(TraceFlags.getSampled()).makeCurrent()) {
      assertThat(spans.currentSpan()).containsExactly(TRACE, SPAN);
    }
    assertThat(spans.currentSpan()).isNull();
  }

  @Test
  void anUnsampledSpanIsNone() {
    noticeApi(Span.class.getClassLoader());
    try (Scope ignored = span(TraceFlags.getDefault()).makeCurrent()) {
      assertThat(spans.currentSpan()).isNull();
    }
  }

  @Test
  void nothingIsAskedBeforeTheServiceUsesItsContext() {
    spans.classSeen(Span.class.getClassLoader(), "io/opentelemetry/api/trace/Span");
    spans.tick(true);
    try (Scope ignored = span(TraceFlags.getSampled()).makeCurrent()) {
      assertThat(spans.currentSpan()).isNull();
    }
  }

  @Test
  void aLoaderWithoutTheClassIsNoTrouble() {
    noticeApi(ClassLoader.getPlatformClassLoader());
    assertThat(spans.currentSpan()).isNull();
  }

  @Test
  void noLoaderIsKeptAlive() throws Exception {
    WeakReference<ClassLoader> loader = new WeakReference<>(usedAndDropped());
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              System.gc();
              return loader.get() == null;
            });
    spans.tick(true);
    assertThat(spans.currentSpan()).isNull();
  }

  private ClassLoader usedAndDropped() throws Exception {
    URL[] api = {
      Span.class.getProtectionDomain().getCodeSource().getLocation(),
      Scope.class.getProtectionDomain().getCodeSource().getLocation(),
      Class.forName("io.opentelemetry.common.ComponentLoader")
          .getProtectionDomain()
          .getCodeSource()
          .getLocation()
    };
    // Not closed: it is to be collected as a container's loader is.
    URLClassLoader loader = new URLClassLoader(api, ClassLoader.getPlatformClassLoader());
    noticeApi(loader);
    assertThat(spans.currentSpan()).isNull();
    Class<?> span = loader.loadClass("io.opentelemetry.api.trace.Span");
    assertThat(SpanApi.of(span)).isNotNull();
    return loader;
  }
}
