package io.poolwatch.agent.cli;

import io.poolwatch.agent.live.LiveFolder;
import io.poolwatch.agent.live.LiveName;
import io.poolwatch.agent.live.Processes;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Lists this user's JVMs, and what poolwatch does in them. */
final class ListCommand {
  private static final long ANSWER_NANOS = 3_000_000_000L;
  private static final long POLL_MILLIS = 50;
  private static final int NAME_WIDTH = 50;

  private final Request request;
  private final PrintStream out;
  private final PrintStream err;

  ListCommand(Request request, PrintStream out, PrintStream err) {
    this.request = request;
    this.out = out;
    this.err = err;
  }

  int run() throws IOException, InterruptedException {
    String directory = request.directory();
    LiveFolder folder =
        new LiveFolder(directory == null ? LiveFolder.usual(Path.of("/")) : Path.of(directory));
    Map<LiveName, Answer> answers = answers(folder);
    Map<Long, String> jvms = new TreeMap<>();
    AttachApi api = AttachApi.find();
    if (api == null) {
      err.println(
          "poolwatch: JVMs without poolwatch are not shown: this run-time has no module jdk.attach");
    } else {
      jvms.putAll(Jvms.all(api));
    }
    jvms.remove(ProcessHandle.current().pid());
    print("PID", "POOLWATCH", "POOLS", "JVM");
    long here = Processes.namespace("self");
    for (Map.Entry<LiveName, Answer> each : answers.entrySet()) {
      LiveName name = each.getKey();
      boolean seen = name.namespace() == here;
      String main = seen ? jvms.remove(name.pid()) : null;
      Answer answer = each.getValue();
      print(
          seen ? String.valueOf(name.pid()) : name.toString(),
          answer.version,
          answer.state == null ? "?" : String.valueOf(answer.state.pools().size()),
          main == null || main.isBlank() ? answer.service() : main);
    }
    jvms.forEach((pid, main) -> print(String.valueOf(pid), "-", "-", main.isBlank() ? "?" : main));
    out.flush();
    return 0;
  }

  private void print(String pid, String version, String pools, String main) {
    // The main class, without its arguments, which may hold what is nobody's business.
    String bare = main.strip().split("\\s", 2)[0];
    out.println(
        String.format(
                "%-10s %-16s %5s  %s",
                pid, Plain.cell(version, 16), pools, Plain.cell(bare, NAME_WIDTH))
            .stripTrailing());
  }

  /** Asks all at once, so that it takes no longer than one. */
  private static Map<LiveName, Answer> answers(LiveFolder folder)
      throws IOException, InterruptedException {
    Map<LiveName, Answer> answers = new LinkedHashMap<>();
    List<LiveName> names = new ArrayList<>(Target.agents(folder));
    long here = Processes.namespace("self");
    names.removeIf(name -> name.namespace() == here && ProcessHandle.of(name.pid()).isEmpty());
    for (LiveName name : names) {
      answers.put(name, new Answer(new AgentSide(folder, name)));
    }
    long end = System.nanoTime() + ANSWER_NANOS;
    boolean missing = !answers.isEmpty();
    while (missing && System.nanoTime() < end) {
      missing = false;
      for (Answer answer : answers.values()) {
        missing |= !answer.look();
      }
      if (missing) {
        Thread.sleep(POLL_MILLIS);
      }
    }
    return answers;
  }

  /** What one agent says. */
  private static final class Answer {
    private final AgentSide agent;
    private boolean other;
    private String version = "?";
    private @Nullable Snapshot state;

    Answer(AgentSide agent) {
      this.agent = agent;
    }

    /** Whether nothing more is to be heard. */
    boolean look() throws IOException {
      if (other || state != null) {
        return true;
      }
      try {
        String said = agent.version();
        version = said == null ? "ended" : said;
        state = agent.next();
        return said == null || state != null;
      } catch (Refusal another) {
        other = true;
        version = "another";
        return true;
      }
    }

    String service() {
      return state == null ? "?" : state.service();
    }
  }
}
