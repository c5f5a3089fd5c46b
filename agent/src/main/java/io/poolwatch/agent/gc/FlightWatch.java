package io.poolwatch.agent.gc;

import io.poolwatch.gc.Certainty;
import io.poolwatch.gc.Epochs;
import io.poolwatch.gc.Tenuring;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import org.jspecify.annotations.Nullable;

/**
 * Follows collectors that have no counters by events of the flight recorder: generational ZGC, and
 * the others under {@code -XX:-UsePerfData}. Births are stamped by the clock and compared with the
 * beginnings of collections, which the events tell up to two seconds later.
 *
 * <p>Events come on a thread of its own. Begun once; not thread-safe.
 */
final class FlightWatch {
  private static final String Z_YOUNG = "jdk.ZYoungGarbageCollection";
  private static final String YOUNG = "jdk.YoungGarbageCollection";
  private static final String ANY = "jdk.GarbageCollection";

  /** G1's empties the young generation; whether the others did is not in their events. */
  private static final String G1_FULL = "G1Full";

  private static final Set<String> FULL = Set.of(G1_FULL, "ParallelOld", "SerialOld");
  private static final Duration MAX_AGE = Duration.ofSeconds(30);
  private static final long MAX_BYTES = 4_000_000;
  private static final int TRIES = 10;
  private static final long CLOSE_NANOS = 20_000;
  private static final long LEAST_TO_BEGIN = 512_000_000;
  private static final long LEAST_TO_GO_ON = 256_000_000;

  private final Tenuring tenuring;
  private final Consumer<String> onEnd;
  private final String[] events;

  /** Whether the recorder has begun, and births are stamped; all of it on the stream's thread. */
  private boolean open;

  private long base;
  private long lastFlush;
  private volatile boolean over;
  private @Nullable FlightStream recorder;
  private @Nullable QuietRecording recording;

  /**
   * A watch that has not begun.
   *
   * @param concurrent whether the collector is ZGC
   * @param onEnd told once why there is no more to come
   */
  FlightWatch(boolean concurrent, Tenuring tenuring, Consumer<String> onEnd) {
    this.tenuring = tenuring;
    this.onEnd = onEnd;
    events = concurrent ? new String[] {Z_YOUNG} : new String[] {YOUNG, ANY};
  }

  /**
   * Begins, on a thread of its own, which takes half a second to start the recorder.
   *
   * @throws IllegalStateException if the disk has little room
   */
  void begin() throws ReflectiveOperationException {
    // Only now it is said where the recorder writes.
    List<Recording> before = FlightRecorder.getFlightRecorder().getRecordings();
    if (FlightDisk.freeBytes() < LEAST_TO_BEGIN) {
      throw new IllegalStateException(FlightDisk.LITTLE_ROOM);
    }
    FlightStream stream = new FlightStream();
    List<Recording> made = new ArrayList<>(FlightRecorder.getFlightRecorder().getRecordings());
    made.removeAll(before);
    if (made.size() != 1) {
      stream.close();
      throw new IllegalStateException("which recording is ours is not clear");
    }
    made.get(0).setName("poolwatch");
    QuietRecording quiet =
        new QuietRecording(
            made.get(0), events, () -> end("the recording named poolwatch was stopped"));
    stream.bound(MAX_AGE, MAX_BYTES);
    stream.on(Z_YOUNG, this::young);
    stream.on(YOUNG, this::young);
    stream.on(ANY, this::any);
    stream.onFlush(this::flushed);
    stream.onError(failure -> end(failure.toString()));
    startThread(() -> run(stream, quiet));
    recorder = stream;
    recording = quiet;
  }

  /** To be called about once a second, by the thread that began. */
  void look() throws ReflectiveOperationException {
    FlightStream stream = recorder;
    QuietRecording quiet = recording;
    if (over || stream == null || quiet == null || QuietRecording.isJvmEnding()) {
      return;
    }
    if (FlightDisk.freeBytes() < LEAST_TO_GO_ON) {
      quiet.end();
      stream.close();
      end(FlightDisk.LITTLE_ROOM);
    } else {
      quiet.look();
    }
  }

  private void run(FlightStream stream, QuietRecording quiet) {
    try {
      stream.run();
    } catch (Throwable refused) {
      quiet.end();
      end(refused.toString());
    }
  }

  /** Like the agent's own thread, it inherits nothing of the service. */
  private static void startThread(Runnable work) {
    Thread agent = Thread.currentThread();
    Thread made = new Thread(agent.getThreadGroup(), work, "poolwatch-recorder", 0, false);
    made.setDaemon(true);
    made.setContextClassLoader(FlightWatch.class.getClassLoader());
    made.start();
  }

  private void young(RecordedEvent event) {
    if (!open) {
      return;
    }
    tenuring.young(
        stamp(event.getStartTime()),
        stamp(event.getEndTime()),
        event.getInt("tenuringThreshold"),
        Certainty.KNOWN);
    publish();
  }

  private void any(RecordedEvent event) {
    String name = event.getString("name");
    if (open && FULL.contains(name)) {
      tenuring.full(
          stamp(event.getStartTime()),
          stamp(event.getEndTime()),
          name.equals(G1_FULL) ? Certainty.KNOWN : Certainty.ESTIMATED);
      publish();
    }
  }

  /** What ended before the flush before this one has been told. */
  private void flushed() {
    if (open) {
      tenuring.settled(lastFlush);
      lastFlush = System.nanoTime() - base;
      publish();
    } else if (!over) {
      base = System.nanoTime();
      open = true;
      publish();
      Epochs.openClock(base);
    }
  }

  private void publish() {
    if (!over) {
      Epochs.publish(tenuring.known());
    }
  }

  private void end(String why) {
    if (!over) {
      over = true;
      onEnd.accept(why);
    }
  }

  /** The recorder tells times of day; births are stamped by the clock that is never set. */
  private long stamp(Instant moment) {
    long before = System.nanoTime();
    Instant now = Instant.now();
    for (int i = 0; i < TRIES && System.nanoTime() - before > CLOSE_NANOS; i++) {
      // This thread has lost the processor between the two clocks.
      before = System.nanoTime();
      now = Instant.now();
    }
    return before - base - Duration.between(moment, now).toNanos();
  }
}
