package io.poolwatch.agent.trace;

import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Tells, for a sampled borrow or loan, which span of the service it happened in.
 *
 * <p>Copies of the API are noticed as their classes load, and looked at later on the agent's own
 * thread: no class is ever loaded on a service's thread by this. A copy is asked only once the
 * service itself has begun to use its context, for asking would begin it, and a service may still
 * want to wrap its context storage before that. No loader is kept alive. Thread-safe.
 */
public final class ServiceSpans {
  /** Copies of the API in one process beyond which further ones are left alone. */
  private static final int MAX_COPIES = 16;

  private static final String SPAN = "io.opentelemetry.api.trace.Span";
  private static final String CONTEXT_IN_USE = "io/opentelemetry/context/LazyStorage";
  private static final String SPAN_RESOURCE = "io/opentelemetry/api/trace/Span";

  /** Where the OpenTelemetry agent keeps its own copy, in the boot loader. */
  private static final String AGENT_PREFIX = "io.opentelemetry.javaagent.shaded.";

  private final ConcurrentLinkedQueue<WeakReference<ClassLoader>> seen =
      new ConcurrentLinkedQueue<>();
  private final AtomicInteger copies = new AtomicInteger();
  private final CopyOnWriteArrayList<WeakReference<Class<?>>> spans = new CopyOnWriteArrayList<>();
  private volatile boolean contextInUse;
  private boolean bootSearched;

  /**
   * Notes a class that is about to be loaded; for all but two names this compares and returns.
   * Called on the service's threads.
   *
   * @param loader the class's loader, null for the boot loader
   * @param internalName the class's name, with slashes
   */
  public void classSeen(@Nullable ClassLoader loader, String internalName) {
    if (!internalName.startsWith("io/opentelemetry/") || loader == null) {
      return;
    }
    if (internalName.equals(CONTEXT_IN_USE)) {
      contextInUse = true;
    } else if (internalName.equals(SPAN_RESOURCE) && copies.incrementAndGet() <= MAX_COPIES) {
      seen.add(new WeakReference<>(loader));
    }
  }

  /**
   * Looks at the copies that were noticed; called on the agent's own thread, now and then.
   *
   * @param inService whether the service has made a pool: all agents have started by then
   */
  public void tick(boolean inService) {
    if (!bootSearched && inService) {
      bootSearched = true;
      addFrom(null, AGENT_PREFIX + SPAN);
    }
    if (contextInUse) {
      WeakReference<ClassLoader> reference;
      while ((reference = seen.poll()) != null) {
        ClassLoader loader = reference.get();
        if (loader != null) {
          addFrom(loader, SPAN);
        }
      }
    }
    spans.removeIf(span -> span.get() == null);
  }

  private void addFrom(@Nullable ClassLoader loader, String name) {
    try {
      Class<?> span = Class.forName(name, false, loader);
      if (SpanApi.of(span) != null) {
        spans.add(new WeakReference<>(span));
      }
    } catch (ClassNotFoundException | LinkageError absent) {
      // The class was refused after all, or there is no OpenTelemetry agent: no spans from there.
    }
  }

  /**
   * Trace and span id of the current thread's span in the service, both in hexadecimal, or null if
   * it is in none; a {@link io.poolwatch.book.DurationSamples.SpanSource}.
   */
  public String @Nullable [] currentSpan() {
    for (WeakReference<Class<?>> reference : spans) {
      Class<?> span = reference.get();
      if (span != null) {
        try {
          SpanApi api = SpanApi.of(span);
          String[] ids = api == null ? null : api.currentSpan();
          if (ids != null) {
            return ids;
          }
        } catch (Throwable notOurs) {
          // A context storage of the service that fails: the sample goes without a span.
        }
      }
    }
    return null;
  }
}
