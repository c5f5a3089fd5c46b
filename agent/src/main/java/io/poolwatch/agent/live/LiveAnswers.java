package io.poolwatch.agent.live;

import io.poolwatch.agent.live.LiveFolder.Content;
import io.poolwatch.agent.log.AgentLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The agent's side: says that it is there, and writes its state as long as somebody asks. While
 * nobody does it costs a look at one file each second.
 *
 * <p>Whether somebody asks is known by a file being written again, whatever the time on it: clocks
 * step, and those of two containers need not agree. Never throws; what cannot be written is said
 * where debug lines are, once. Not thread-safe: it is the agent's thread's.
 */
public final class LiveAnswers {
  /** For so long after it was asked the agent answers. */
  static final long PATIENCE_NANOS = 5_000_000_000L;

  /** How often the file that says that the agent is there is written again. */
  private static final long RENEWAL_NANOS = 3_600_000_000_000L;

  /** A file of another container's that was not renewed for so long was left behind. */
  private static final long ABANDONED_MILLIS = 86_400_000L;

  private final @Nullable LiveFolder folder;
  private final LiveName name;
  private final String version;
  private long renewed;
  private boolean open;
  private long lastAsk;
  private long askedNanos;
  private boolean asked;
  private boolean complained;

  /**
   * Answers in a folder.
   *
   * @param where the folder, or null for the usual one
   * @param name of this JVM
   * @param version of the agent
   */
  public LiveAnswers(@Nullable String where, LiveName name, String version) {
    this.name = name;
    this.version = version;
    LiveFolder found = null;
    try {
      found = new LiveFolder(where == null ? LiveFolder.usual(Path.of("/")) : Path.of(where));
    } catch (IOException | RuntimeException impossible) {
      complain(impossible);
    }
    folder = found;
  }

  /** Says that the agent is there, and clears away what ended JVMs have left. */
  public void begin(long nowNanos) {
    if (folder == null) {
      return;
    }
    try {
      folder.make();
      folder.removeAll(name);
      sayHere(folder, nowNanos);
      clearLeftovers(folder);
      open = true;
    } catch (IOException | RuntimeException closed) {
      complain(closed);
    }
  }

  /** Whether somebody asks for the state now; to be called once a second. */
  public boolean isAsked(long nowNanos) {
    if (folder == null || !open) {
      return false;
    }
    long ask = folder.writtenAt(name, LiveFile.ASK);
    if (ask != 0 && ask != lastAsk) {
      asked = true;
      askedNanos = nowNanos;
    }
    lastAsk = ask;
    if (asked && nowNanos - askedNanos > PATIENCE_NANOS) {
      asked = false;
      retract(folder);
    }
    if (nowNanos - renewed > RENEWAL_NANOS) {
      renew(folder, nowNanos);
    }
    return asked;
  }

  /** Writes the state, for whom asked. */
  public void answer(Content state) {
    if (folder != null) {
      try {
        folder.check();
        folder.write(name, LiveFile.STATE, state);
      } catch (IOException | RuntimeException failed) {
        complain(failed);
      }
    }
  }

  /**
   * In what format somebody wants a report now; each wish is told once.
   *
   * @return null if nobody does
   */
  public @Nullable String reportFormat() {
    if (folder == null || folder.writtenAt(name, LiveFile.REPORT_ASK) == 0) {
      return null;
    }
    try {
      folder.check();
      byte[] wish = folder.read(name, LiveFile.REPORT_ASK);
      folder.remove(name, LiveFile.REPORT_ASK);
      return wish == null
          ? null
          : new String(wish, StandardCharsets.UTF_8).trim().toLowerCase(Locale.ROOT);
    } catch (IOException | RuntimeException failed) {
      complain(failed);
      return null;
    }
  }

  /** Writes a report, for whom asked for it. */
  public void report(Content report) {
    if (folder != null) {
      try {
        folder.write(name, LiveFile.REPORT, report);
      } catch (IOException | RuntimeException failed) {
        complain(failed);
      }
    }
  }

  /** Leaves nothing behind. */
  public void close() {
    if (folder != null && open) {
      open = false;
      try {
        folder.check();
        folder.removeAll(name);
      } catch (IOException | RuntimeException failed) {
        complain(failed);
      }
    }
  }

  private void sayHere(LiveFolder in, long nowNanos) throws IOException {
    renewed = nowNanos;
    byte[] text =
        ("protocol=" + LiveFolder.PROTOCOL + "\nversion=" + version + "\n")
            .getBytes(StandardCharsets.UTF_8);
    in.write(name, LiveFile.AGENT, out -> out.write(text));
  }

  private void renew(LiveFolder in, long nowNanos) {
    try {
      in.make();
      sayHere(in, nowNanos);
    } catch (IOException | RuntimeException failed) {
      renewed = nowNanos;
      complain(failed);
    }
  }

  private void retract(LiveFolder from) {
    try {
      from.remove(name, LiveFile.STATE);
      from.remove(name, LiveFile.ASK);
      from.remove(name, LiveFile.REPORT_ASK);
      from.remove(name, LiveFile.REPORT);
      lastAsk = 0;
    } catch (IOException | RuntimeException failed) {
      complain(failed);
    }
  }

  private void clearLeftovers(LiveFolder in) throws IOException {
    for (LiveName each : in.all(LiveFile.AGENT)) {
      boolean left =
          each.namespace() == name.namespace()
              ? ProcessHandle.of(each.pid()).isEmpty()
              : System.currentTimeMillis() - in.writtenAt(each, LiveFile.AGENT) > ABANDONED_MILLIS;
      if (left) {
        in.removeAll(each);
      }
    }
  }

  private void complain(Exception failure) {
    if (!complained) {
      complained = true;
      AgentLog.debug("cannot be seen by top, list and report: " + failure);
    }
  }
}
