package io.poolwatch.agent.cli;

import io.poolwatch.agent.live.LiveFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Has the agent of a JVM make its report now, and puts it into a file. */
final class ReportCommand {
  private static final long ANSWER_MILLIS = 30_000;

  private final Request request;
  private final PrintStream out;
  private final PrintStream err;

  ReportCommand(Request request, PrintStream out, PrintStream err) {
    this.request = request;
    this.out = out;
    this.err = err;
  }

  int run() throws Refusal, IOException, InterruptedException {
    Path file = Path.of(request.operand(1));
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isWritable(folder) || Files.isDirectory(file)) {
      throw new Refusal(file + " cannot be written; name a file in a folder that you may write to");
    }
    Target target = Target.find(request.operand(0), request.directory());
    LiveFolder answers = target.answering();
    if (answers == null) {
      throw new Refusal(
          target.typed()
              + " has nothing to report: poolwatch does not run there, or has seen no pool yet; java"
              + " -jar poolwatch.jar top "
              + target.typed()
              + " starts it");
    }
    AgentSide agent = new AgentSide(answers, target.name());
    if (agent.version() == null) {
      throw new Refusal(target.typed() + " has ended");
    }
    String format = file.toString().toLowerCase(Locale.ROOT).endsWith(".json") ? "json" : "html";
    byte[] report = agent.report(target, format, ANSWER_MILLIS);
    if (report == null) {
      throw new Refusal(target.typed() + " has ended, or did not answer within 30 s: see its log");
    }
    Files.write(file, report);
    out.println(file + ": " + report.length + " bytes");
    err.flush();
    return 0;
  }
}
