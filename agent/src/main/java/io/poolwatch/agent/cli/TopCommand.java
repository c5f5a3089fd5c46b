package io.poolwatch.agent.cli;

import io.poolwatch.agent.live.LiveFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows the pools of one JVM, over and over or once. */
final class TopCommand {
  private static final long FIRST_ANSWER_MILLIS = 15_000;
  private static final long SILENCE_NANOS = 5_000_000_000L;
  private static final long LOOK_MILLIS = 100;
  private static final int PLAIN_WIDTH = 120;
  private static final int DONE = 0;
  private static final int ENDED = 1;

  private final Request request;
  private final PrintStream out;
  private final PrintStream err;
  private int plainWidth;

  TopCommand(Request request, PrintStream out, PrintStream err) {
    this.request = request;
    this.out = out;
    this.err = err;
  }

  int run() throws Refusal, IOException, InterruptedException {
    Target target = Target.find(request.operand(0), request.directory());
    LiveFolder found = target.answering();
    LateStart late = new LateStart(target, request.directory(), err);
    LiveFolder folder = found == null ? late.run() : found;
    AgentSide agent = new AgentSide(folder, target.name());
    try {
      if (agent.version() == null) {
        throw new Refusal(target.typed() + " has ended");
      }
      Snapshot first = agent.await(target, FIRST_ANSWER_MILLIS);
      if (first == null) {
        throw new Refusal(silent(target));
      }
      return show(target, agent, first);
    } finally {
      if (late.hasAttached()) {
        farewell(target);
      }
    }
  }

  private int show(Target target, AgentSide agent, Snapshot first)
      throws Refusal, IOException, InterruptedException {
    if (request.once()) {
      return once(target, agent, first);
    }
    try (Screen screen = Screen.open()) {
      if (screen != null && watch(screen, target, agent, first)) {
        return DONE;
      }
      if (screen == null) {
        return rows(target, agent, first);
      }
    }
    err.println("poolwatch: " + target.typed() + " has ended");
    return ENDED;
  }

  private static String silent(Target target) {
    return target.runs()
        ? target.typed() + " does not answer; it is stopped, or poolwatch failed there: see its log"
        : target.typed() + " has ended";
  }

  private void farewell(Target target) {
    if (target.runs()) {
      err.println(
          "poolwatch: it stays in "
              + target.typed()
              + " until that ends, as a JVM lets no agent go: classes that it wove stay woven, a"
              + " thread looks once a second whether somebody asks. Nothing is written or sent.");
    }
  }

  private int once(Target target, AgentSide agent, Snapshot first)
      throws Refusal, IOException, InterruptedException {
    Snapshot second = later(target, agent, first);
    if (second == null) {
      throw new Refusal(silent(target));
    }
    Period period = new Period(first, second);
    if (request.json()) {
      TopJson.write(period, out);
    } else {
      print(period);
    }
    return DONE;
  }

  /** A state that is an interval younger. */
  private @Nullable Snapshot later(Target target, AgentSide agent, Snapshot than)
      throws Refusal, IOException, InterruptedException {
    double due = than.watchedSeconds() + request.intervalMillis() / 1e3 - 0.1;
    Snapshot found = than;
    while (found != null && found.watchedSeconds() < due) {
      found = agent.await(target, FIRST_ANSWER_MILLIS);
    }
    return found;
  }

  private void print(Period period) throws IOException {
    if (plainWidth == 0) {
      plainWidth = widthOfText();
    }
    Snapshot now = period.now();
    out.println(
        now.time()
            + " "
            + now.pid()
            + " "
            + Plain.line(now.service())
            + ", "
            + now.pools().size()
            + (now.pools().size() == 1 ? " pool, last " : " pools, last ")
            + Math.round(period.seconds())
            + " s");
    for (String line :
        PoolLines.plain(period.rows(Column.BORROWS, false), Column.BORROWS, plainWidth)) {
      out.println(line);
    }
    List<String> early = now.notWatched();
    if (!early.isEmpty()) {
      out.println(early(early));
    }
    out.flush();
  }

  private static String early(List<String> classes) {
    return classes.size()
        + " pool classes were loaded before poolwatch and are not watched, such as "
        + Plain.line(classes.get(0))
        + "; start the service with -javaagent:poolwatch.jar";
  }

  /** As the user says, as the terminal has, or so that a line says all that is worth it. */
  private static int widthOfText() throws IOException {
    String said = System.getenv("COLUMNS");
    int columns = 0;
    if (said != null && said.matches("\\d{1,4}")) {
      columns = Integer.parseInt(said);
    } else if (System.console() != null) {
      columns = Screen.columns();
    }
    return columns > 0 ? Math.max(20, columns) : PLAIN_WIDTH;
  }

  /** For terminals that cannot be written over, and for pipes. */
  private int rows(Target target, AgentSide agent, Snapshot first)
      throws Refusal, IOException, InterruptedException {
    Snapshot before = first;
    while (true) {
      Snapshot now = later(target, agent, before);
      if (now == null) {
        err.println("poolwatch: " + silent(target));
        return ENDED;
      }
      print(new Period(before, now));
      if (out.checkError()) {
        return DONE; // who read it is gone
      }
      before = now;
    }
  }

  /** False if the service has ended. */
  private boolean watch(Screen screen, Target target, AgentSide agent, Snapshot first)
      throws Refusal, IOException {
    TopView view = new TopView(target.pid() < 0 ? target.name().pid() : target.pid());
    view.state(first);
    String early = first.notWatched().isEmpty() ? "" : early(first.notWatched());
    view.notice(early);
    double shownSeconds = first.watchedSeconds();
    long heard = System.nanoTime();
    screen.show(view.lines(screen.width(), screen.height()));
    int width = screen.width();
    int height = screen.height();
    while (true) {
      Key key = screen.key(LOOK_MILLIS);
      if (key != null && !view.press(key, screen.letter())) {
        return true;
      }
      boolean changed = key != null || width != screen.width() || height != screen.height();
      width = screen.width();
      height = screen.height();
      Snapshot next = agent.next();
      if (next != null) {
        heard = System.nanoTime();
        view.notice(early);
        if (next.watchedSeconds() - shownSeconds > request.intervalMillis() / 1e3 - 0.1) {
          shownSeconds = next.watchedSeconds();
          view.state(next);
          changed = true;
        }
      } else if (agent.isGone() || !target.runs()) {
        return false;
      } else if (System.nanoTime() - heard > SILENCE_NANOS) {
        view.notice(
            "no answer for "
                + (System.nanoTime() - heard) / 1_000_000_000L
                + " s: stopped, or busy");
        changed = true;
      }
      if (changed) {
        screen.show(view.lines(width, height));
      }
    }
  }
}
