package io.poolwatch.agent.cli;

import io.poolwatch.agent.config.Nearest;
import io.poolwatch.agent.config.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was asked for on the command line. Immutable. */
final class Request {
  /** What can be asked for. */
  enum Command {
    LIST(0),
    TOP(1),
    REPORT(2),
    HELP(0);

    private final int operands;

    Command(int operands) {
      this.operands = operands;
    }

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  private static final String[] OPTIONS = {"--once", "--json", "--interval", "--directory"};
  private static final long LEAST_INTERVAL = 1_000;
  private static final long MOST_INTERVAL = 3_600_000;

  private final Command command;
  private final List<String> operands = new ArrayList<>();
  private boolean once;
  private boolean json;
  private long intervalMillis = LEAST_INTERVAL;
  private @Nullable String directory;

  private Request(Command command) {
    this.command = command;
  }

  /**
   * Reads a command line.
   *
   * @throws Refusal if it means nothing
   */
  static Request of(String... words) throws Refusal {
    if (words.length == 0) {
      return new Request(Command.HELP);
    }
    Request request = new Request(commandOf(words[0]));
    for (int i = 1; i < words.length; i++) {
      String word = words[i];
      if (!word.startsWith("-")) {
        request.operands.add(word);
      } else if (word.equals("--interval") || word.equals("--directory")) {
        if (i + 1 == words.length) {
          throw new Refusal(word + " needs a value behind it");
        }
        request.set(word, words[++i]);
      } else {
        request.set(word);
      }
    }
    request.checkOperands();
    return request;
  }

  private static Command commandOf(String word) throws Refusal {
    String bare = word.replaceFirst("^--?", "");
    List<String> known = new ArrayList<>();
    for (Command each : Command.values()) {
      if (each.word().equals(bare)) {
        return each;
      }
      known.add(each.word());
    }
    throw unknown("command", word, known.toArray(new String[0]));
  }

  private static Refusal unknown(String what, String word, String... known) {
    String near = Nearest.of(word, known);
    return new Refusal(
        "unknown "
            + what
            + " "
            + Plain.line(word)
            + (near == null ? "" : "; perhaps " + near)
            + ". There are "
            + String.join(", ", known));
  }

  private void set(String option) throws Refusal {
    switch (option) {
      case "--once":
        once = true;
        break;
      case "--json":
        json = true;
        break;
      default:
        throw unknown("option", option, OPTIONS);
    }
  }

  private void set(String option, String value) throws Refusal {
    if (option.equals("--directory")) {
      directory = value;
      return;
    }
    Long millis = Values.millis(value);
    if (millis == null || millis < LEAST_INTERVAL || millis > MOST_INTERVAL) {
      throw new Refusal(
          "--interval "
              + Plain.line(value)
              + " is no time from 1s to 1h; write it such as 1s, 10s or 5m");
    }
    intervalMillis = millis;
  }

  private void checkOperands() throws Refusal {
    if (operands.size() != command.operands) {
      throw new Refusal(
          command.word()
              + " takes "
              + Arrays.asList("no argument", "a process number", "a process number and a file")
                  .get(command.operands)
              + ", such as: java -jar poolwatch.jar "
              + Arrays.asList("list", "top 4711", "report 4711 pools.html", "help")
                  .get(command.ordinal()));
    }
    if (json && !(command == Command.TOP && once)) {
      throw new Refusal("--json goes with top PID --once");
    }
  }

  Command command() {
    return command;
  }

  String operand(int index) {
    return operands.get(index);
  }

  boolean once() {
    return once;
  }

  boolean json() {
    return json;
  }

  long intervalMillis() {
    return intervalMillis;
  }

  /** Where agents answer; null for the usual place. */
  @Nullable String directory() {
    return directory;
  }
}
