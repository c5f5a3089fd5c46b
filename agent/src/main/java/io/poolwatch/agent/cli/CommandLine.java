package io.poolwatch.agent.cli;

import io.poolwatch.agent.config.HelpText;
import java.io.IOException;
import java.io.PrintStream;
import java.util.function.Function;

/** What {@code main} calls in the agent's loader. */
public final class CommandLine implements Function<String[], Integer> {
  private static final int REFUSED = 1;

  private final PrintStream out;
  private final PrintStream err;

  /** Made by name. */
  @SuppressWarnings("SystemOut") // It is what the user asked to see.
  public CommandLine() {
    this(System.out, System.err);
  }

  CommandLine(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /**
   * Does what was asked for.
   *
   * @return the exit code: 0 if it was done
   */
  @Override
  public Integer apply(String[] words) {
    try {
      return run(Request.of(words));
    } catch (Refusal refused) {
      err.println("poolwatch: " + refused.line());
    } catch (IOException failed) {
      err.println("poolwatch: " + Plain.line(failed.getMessage()));
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
    return REFUSED;
  }

  private int run(Request request) throws Refusal, IOException, InterruptedException {
    switch (request.command()) {
      case LIST:
        return new ListCommand(request, out, err).run();
      case TOP:
        return new TopCommand(request, out, err).run();
      case REPORT:
        return new ReportCommand(request, out, err).run();
      default:
        out.print(HelpText.render());
        out.flush();
        return 0;
    }
  }
}
