package io.poolwatch.agent.cli;

import io.poolwatch.agent.cli.Request.Command;
import io.poolwatch.agent.live.LiveFile;
import io.poolwatch.agent.live.LiveFolder;
import io.poolwatch.agent.live.LiveName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A running agent, seen through its folder: asked, and its answers read. Not thread-safe. */
final class AgentSide {
  private static final long ASK_EVERY_NANOS = 1_000_000_000L;
  private static final long POLL_MILLIS = 50;

  private final LiveFolder folder;
  private final LiveName name;
  private long asked;
  private boolean everAsked;
  private long read;

  AgentSide(LiveFolder folder, LiveName name) {
    this.folder = folder;
    this.name = name;
    // What lies there already may be older than the question.
    read = folder.writtenAt(name, LiveFile.STATE);
  }

  /**
   * The version of the agent.
   *
   * @return null if it does not answer any more
   * @throws Refusal if it speaks another protocol
   */
  @Nullable String version() throws IOException, Refusal {
    byte[] text = folder.read(name, LiveFile.AGENT);
    if (text == null) {
      return null;
    }
    Properties said = new Properties();
    said.load(new ByteArrayInputStream(text));
    String version = Plain.line(said.getProperty("version", "of an unknown version"));
    if (!said.getProperty("protocol", "").equals(String.valueOf(LiveFolder.PROTOCOL))) {
      throw new Refusal(
          "in "
              + name.pid()
              + " runs poolwatch "
              + version
              + ", which this one does not understand; use the poolwatch.jar that runs there");
    }
    return version;
  }

  /** Whether the agent has taken leave, as its JVM ends. */
  boolean isGone() {
    return folder.writtenAt(name, LiveFile.AGENT) == 0;
  }

  /** Asks for the state, unless that was done a moment ago. */
  void ask() throws IOException {
    long now = System.nanoTime();
    if (!everAsked || now - asked >= ASK_EVERY_NANOS) {
      everAsked = true;
      asked = now;
      byte[] words = (Command.TOP.word() + "\n").getBytes(StandardCharsets.UTF_8);
      folder.write(name, LiveFile.ASK, out -> out.write(words));
    }
  }

  /**
   * The latest state.
   *
   * @return null if there is none since the last one that was read
   */
  @Nullable Snapshot next() throws IOException, Refusal {
    ask();
    long written = folder.writtenAt(name, LiveFile.STATE);
    if (written == 0 || written == read) {
      return null;
    }
    byte[] text = folder.read(name, LiveFile.STATE);
    if (text == null) {
      return null;
    }
    read = written;
    return Snapshot.parse(text);
  }

  /**
   * The same, after some waiting if need be.
   *
   * @return null if there is none even then
   */
  @Nullable Snapshot await(Target target, long millis)
      throws IOException, Refusal, InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000L;
    Snapshot found = next();
    while (found == null && target.runs() && System.nanoTime() < end) {
      Thread.sleep(POLL_MILLIS);
      found = next();
    }
    return found;
  }

  /**
   * Asks for a report and waits for it.
   *
   * @return null if none came
   */
  byte @Nullable [] report(Target target, String format, long millis)
      throws IOException, InterruptedException {
    folder.remove(name, LiveFile.REPORT);
    byte[] words = format.getBytes(StandardCharsets.UTF_8);
    folder.write(name, LiveFile.REPORT_ASK, (OutputStream out) -> out.write(words));
    long end = System.nanoTime() + millis * 1_000_000L;
    try {
      while (target.runs() && System.nanoTime() < end) {
        ask();
        if (folder.writtenAt(name, LiveFile.REPORT) != 0) {
          return folder.read(name, LiveFile.REPORT);
        }
        Thread.sleep(POLL_MILLIS);
      }
      return null;
    } finally {
      folder.remove(name, LiveFile.REPORT_ASK);
      folder.remove(name, LiveFile.REPORT);
    }
  }
}
