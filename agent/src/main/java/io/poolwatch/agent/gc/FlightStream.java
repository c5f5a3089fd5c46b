package io.poolwatch.agent.gc;

import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.function.Consumer;
import jdk.jfr.consumer.RecordedEvent;

/**
 * A {@code jdk.jfr.consumer.RecordingStream}, which Java 11 does not have, by reflection. Its
 * recording runs from {@link #run} to {@link #close}. Thread-safe once it runs.
 */
final class FlightStream {
  private final Class<?> type;
  private final Object stream;

  /**
   * A stream that has not begun.
   *
   * @throws ClassNotFoundException before Java 14, and without the module {@code jdk.jfr}
   */
  FlightStream() throws ReflectiveOperationException {
    type =
        Class.forName(
            "jdk.jfr.consumer.RecordingStream", true, ClassLoader.getPlatformClassLoader());
    stream = type.getConstructor().newInstance();
  }

  /** What to do with each event of a name; it may be another object for each call, or the same. */
  void on(String event, Consumer<RecordedEvent> action) throws ReflectiveOperationException {
    type.getMethod("onEvent", String.class, Consumer.class).invoke(stream, event, action);
  }

  /** What to do when all that was recorded up to some moment just before has been passed on. */
  void onFlush(Runnable action) throws ReflectiveOperationException {
    type.getMethod("onFlush", Runnable.class).invoke(stream, action);
  }

  /** What to do about a failure to read. Without it the JDK prints a stack. */
  void onError(Consumer<Throwable> action) throws ReflectiveOperationException {
    type.getMethod("onError", Consumer.class).invoke(stream, action);
  }

  /** How much is kept on disk, roughly: the recorder works in pieces of 12 MB. */
  void bound(Duration age, long bytes) throws ReflectiveOperationException {
    type.getMethod("setMaxAge", Duration.class).invoke(stream, age);
    type.getMethod("setMaxSize", long.class).invoke(stream, bytes);
  }

  /**
   * Begins, and passes on what is recorded, on this thread until the stream is closed. The JDK's
   * own thread for it would keep the JVM from ending.
   */
  void run() throws Throwable {
    try {
      type.getMethod("start").invoke(stream);
    } catch (InvocationTargetException refused) {
      throw refused.getCause();
    }
  }

  /** Ends the recording too. */
  void close() throws ReflectiveOperationException {
    type.getMethod("close").invoke(stream);
  }
}
