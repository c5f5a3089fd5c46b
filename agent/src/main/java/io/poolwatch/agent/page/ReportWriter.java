package io.poolwatch.agent.page;

import io.poolwatch.agent.history.Histories;
import io.poolwatch.agent.state.PoolStates;
import io.poolwatch.agent.state.ServiceFacts;
import io.poolwatch.agent.worth.WithoutPools;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes reports, at the end of the process or whenever it is asked to. */
public final class ReportWriter {
  private final ServiceFacts service;
  private final PoolStates states;
  private final Histories histories;
  private final Journal journal;
  private final Supplier<@Nullable WithoutPools> withoutPools;
  private final Supplier<Coverage> coverage;

  /**
   * A writer.
   *
   * @param withoutPools tells the service with and without its pools; null if too little is known
   * @param coverage tells what is watched and what is not
   */
  public ReportWriter(
      ServiceFacts service,
      PoolStates states,
      Histories histories,
      Journal journal,
      Supplier<@Nullable WithoutPools> withoutPools,
      Supplier<Coverage> coverage) {
    this.service = service;
    this.states = states;
    this.histories = histories;
    this.journal = journal;
    this.withoutPools = withoutPools;
    this.coverage = coverage;
  }

  /**
   * Writes a report of this moment. To be called on the agent's thread.
   *
   * @param file where to; a link there is not followed, and nothing but a plain file is replaced
   * @return the files that were written
   * @throws IOException if one cannot be written; its message says why
   */
  public List<Path> write(Path file, ReportFormat format) throws IOException {
    return collect().writeTo(file, format);
  }

  /**
   * Takes down what a report is to say. To be called on the agent's thread; what follows may be
   * done on another one, as long as this one does nothing about pools meanwhile.
   */
  public Collected collect() {
    long nowNanos = System.nanoTime();
    histories.look(nowNanos);
    return new Collected(
        new Report(
            service,
            Instant.now(),
            nowNanos,
            states.now(),
            histories,
            journal,
            withoutPools.get(),
            coverage.get()));
  }

  /** A report that is to be written. */
  public static final class Collected {
    private final Report report;

    private Collected(Report report) {
      this.report = report;
    }

    /** Writes the page. */
    public void page(Writer out) throws IOException {
      out.write(HtmlReport.of(report));
    }

    /** Writes the figures, as {@code docs/report.schema.json} says. */
    public void figures(Writer out) throws IOException {
      JsonReport.write(out, report);
    }

    /** Writes it; see {@link ReportWriter#write}. */
    public List<Path> writeTo(Path file, ReportFormat format) throws IOException {
      List<Path> written = new ArrayList<>();
      if (format.hasPage()) {
        ReportFile.write(file, this::page);
        written.add(file);
      }
      if (format.hasFigures()) {
        Path figures = format.figuresBeside(file);
        ReportFile.write(figures, this::figures);
        written.add(figures);
      }
      return written;
    }
  }
}
