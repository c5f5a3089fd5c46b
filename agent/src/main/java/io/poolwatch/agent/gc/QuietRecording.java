package io.poolwatch.agent.gc;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;
import jdk.jfr.Recording;
import jdk.jfr.RecordingState;

/**
 * Keeps a recording of ours from switching on any event but those it is for.
 *
 * <p>An event that no running recording mentions has its default, and that is on for the classes of
 * a service. So while ours is the only one that runs, it mentions every type there is, to be off;
 * types registered later follow at the next {@link #look}. While another one runs, ours mentions
 * its own events alone: what the other one leaves out is on by default, and would be off if we said
 * so. The listener is called on the thread that started the other one, before that call returns.
 *
 * <p>Thread-safe, and without a lock: the recorder has its own.
 */
final class QuietRecording implements FlightRecorderListener {
  private final Recording recording;
  private final String[] wanted;
  private final Runnable onStop;
  private volatile int types;
  private volatile boolean over;

  /**
   * Takes over a recording that has not begun.
   *
   * @param wanted the events to record
   * @param onStop what to do when somebody else stops it; called once
   */
  QuietRecording(Recording recording, String[] wanted, Runnable onStop) {
    this.recording = recording;
    this.wanted = wanted.clone();
    this.onStop = onStop;
    settle();
    FlightRecorder.addListener(this);
  }

  /** Looks for types that were registered since. */
  void look() {
    if (!over && FlightRecorder.getFlightRecorder().getEventTypes().size() != types) {
      settle();
    }
  }

  /** From now on its end is nobody's business. */
  void end() {
    over = true;
    FlightRecorder.removeListener(this);
  }

  @Override
  public void recordingStateChanged(Recording changed) {
    try {
      RecordingState state = changed.getState();
      if (!changed.equals(recording)) {
        if (!over) {
          settle();
        }
      } else if (!over && (state == RecordingState.STOPPED || state == RecordingState.CLOSED)) {
        end();
        if (!isJvmEnding()) {
          onStop.run();
        }
      }
    } catch (RuntimeException closedMeanwhile) {
      // The service's own call, which this is a part of, must not fail for us.
      over = true;
    }
  }

  private void settle() {
    boolean alone;
    do {
      alone = isAlone();
      List<EventType> all = FlightRecorder.getFlightRecorder().getEventTypes();
      Map<String, String> settings = new HashMap<>();
      if (alone) {
        for (EventType type : all) {
          settings.put(type.getName() + "#enabled", "false");
        }
      }
      for (String name : wanted) {
        settings.put(name + "#enabled", "true");
      }
      recording.setSettings(settings);
      types = all.size();
    } while (alone != isAlone());
  }

  /** The recorder ends all recordings then, and deletes where it wrote. */
  static boolean isJvmEnding() {
    try {
      Runtime.getRuntime().removeShutdownHook(new Thread());
      return false;
    } catch (IllegalStateException ending) {
      return true;
    }
  }

  private boolean isAlone() {
    for (Recording each : FlightRecorder.getFlightRecorder().getRecordings()) {
      if (!each.equals(recording) && each.getState() == RecordingState.RUNNING) {
        return false;
      }
    }
    return true;
  }
}
