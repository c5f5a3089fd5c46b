package io.poolwatch.agent.page;

import io.poolwatch.agent.export.Notices;
import io.poolwatch.agent.export.PlainText;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * The report that is written as the process ends: on a thread of its own, beside the last export,
 * because there is little time for both.
 */
public final class ExitReport {
  private static final int WIDTH = 300;

  private final ReportWriter writer;
  private final Notices notices;
  private final String file;
  private final ReportFormat format;

  /**
   * A report to be written.
   *
   * @param file where to, with {@code %p} for the process id
   */
  public ExitReport(ReportWriter writer, Notices notices, String file, ReportFormat format) {
    this.writer = writer;
    this.notices = notices;
    this.file = placed(file);
    this.format = format;
  }

  /** The name with the process id in its place; {@code %%} stands for a percent sign. */
  static String placed(String file) {
    StringBuilder name = new StringBuilder(file.length());
    for (int i = 0; i < file.length(); i++) {
      char c = file.charAt(i);
      char next = c == '%' && i + 1 < file.length() ? file.charAt(i + 1) : 0;
      if (next == 'p') {
        name.append(ProcessHandle.current().pid());
        i++;
      } else if (next == '%') {
        name.append('%');
        i++;
      } else {
        name.append(c);
      }
    }
    return name.toString();
  }

  /** Begins to write; the thread ends when that is done, and tells in a line what came of it. */
  public Thread begin() {
    ReportWriter.Collected report = writer.collect();
    Thread thread = new Thread(() -> write(report), "poolwatch-report");
    thread.setDaemon(true);
    thread.setContextClassLoader(ExitReport.class.getClassLoader());
    thread.start();
    return thread;
  }

  private void write(ReportWriter.Collected report) {
    try {
      List<Path> written = report.writeTo(Path.of(file), format);
      StringBuilder line = new StringBuilder("report written to ");
      for (int i = 0; i < written.size(); i++) {
        line.append(i == 0 ? "" : " and ").append(plain(written.get(i).toString()));
      }
      notices.info(line.toString());
    } catch (IOException | InvalidPathException | SecurityException failure) {
      notices.warn("the report could not be written to " + plain(file) + ": " + reason(failure));
    } catch (RuntimeException | LinkageError | StackOverflowError | OutOfMemoryError failure) {
      notices.warn("the report could not be written: " + plain(failure.toString()));
    }
  }

  /** Why a file cannot be written, on one line. */
  static String reason(Exception failure) {
    String said = failure.getMessage();
    return failure.getClass().getSimpleName() + (said == null ? "" : " (" + plain(said) + ")");
  }

  private static String plain(String text) {
    return PlainText.clip(text, WIDTH);
  }
}
