package io.poolwatch.agent.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes what the agent has to say, without saying it: a service's thread only leaves the line here.
 * The agent's own thread hands it to the logging framework, which is not even loaded before there
 * is something to say. Bounded; thread-safe; never throws.
 */
public final class AgentLog {
  private static final int BOUND = 1_000;
  private static final int INFO = 0;
  private static final int WARN = 1;
  private static final int DEBUG = 2;

  private static final ArrayDeque<Line> LINES = new ArrayDeque<>();
  private static long dropped;
  private static @Nullable Runnable waker;

  private AgentLog() {}

  /** Leaves a line worth knowing. */
  public static void info(String message) {
    leave(new Line(INFO, message, null));
  }

  /** Leaves a line about something that somebody should change. */
  public static void warn(String message) {
    leave(new Line(WARN, message, null));
  }

  /**
   * Leaves a line about something that somebody should change.
   *
   * @param message what it means for the user
   * @param cause its stack is written where debug lines are
   */
  public static void warn(String message, Throwable cause) {
    leave(new Line(WARN, message, cause));
  }

  /** Leaves a line for whoever looks for a fault in poolwatch. */
  public static void debug(String message) {
    if (LogSettings.isDebug()) {
      leave(new Line(DEBUG, message, null));
    }
  }

  /**
   * What to run when the first line is left, now if one is there already; once. It must be short
   * and must not throw.
   */
  public static void onFirstLine(Runnable wake) {
    boolean now;
    synchronized (LINES) {
      now = !LINES.isEmpty();
      waker = now ? null : wake;
    }
    if (now) {
      wake.run();
    }
  }

  /** How many lines were lost because more came than could be kept. */
  public static long dropped() {
    synchronized (LINES) {
      return dropped;
    }
  }

  /**
   * Hands all lines to the logging framework. Only for the agent's own thread: it may block on a
   * full disk or a stopped terminal.
   */
  public static void drain() {
    // A line that is left while others are written, by the framework's own set-up, comes last.
    for (List<Line> taken = take(); !taken.isEmpty(); taken = take()) {
      for (Line line : taken) {
        LogOutput.write(line);
      }
    }
  }

  private static List<Line> take() {
    synchronized (LINES) {
      List<Line> taken = new ArrayList<>(LINES);
      LINES.clear();
      return taken;
    }
  }

  private static void leave(Line line) {
    Runnable wake;
    synchronized (LINES) {
      if (LINES.size() >= BOUND) {
        dropped++;
        return;
      }
      LINES.add(line);
      wake = waker;
      waker = null;
    }
    if (wake != null) {
      wake.run();
    }
  }

  /** One line, with the time at which it was left. */
  static final class Line {
    private final int level;
    final long epochMillis = System.currentTimeMillis();
    final String message;
    final @Nullable Throwable cause;

    Line(int level, String message, @Nullable Throwable cause) {
      this.level = level;
      this.message = message;
      this.cause = cause;
    }

    boolean isWarning() {
      return level == WARN;
    }

    boolean isDebug() {
      return level == DEBUG;
    }
  }
}
