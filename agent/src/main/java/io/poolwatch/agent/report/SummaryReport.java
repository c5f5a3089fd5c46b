package io.poolwatch.agent.report;

import io.poolwatch.agent.export.MetricsExport;
import io.poolwatch.agent.export.Notices;
import io.poolwatch.book.DurationSamples;
import io.poolwatch.book.Ledger;
import io.poolwatch.book.PoolSnapshot;
import java.util.List;

/**
 * Tells the figures in the log: at a period while something is borrowed, and once more as the
 * process ends. Says nothing at all if no pool was seen.
 */
public final class SummaryReport implements MetricsExport {
  private static final int DRAIN = 16_384;

  private final Ledger ledger;
  private final Notices notices;
  private final long periodNanos;
  private long nextNanos;
  private long toldBorrows;
  private boolean running;

  /**
   * A report.
   *
   * @param ledger the pools; ticked by the caller
   * @param notices where to
   * @param periodMillis time between two summaries; 0 for the table at exit alone
   */
  public SummaryReport(Ledger ledger, Notices notices, long periodMillis) {
    this.ledger = ledger;
    this.notices = notices;
    periodNanos = periodMillis * 1_000_000L;
  }

  @Override
  public synchronized void start() {
    nextNanos = System.nanoTime() + periodNanos;
    running = true;
  }

  @Override
  public synchronized void tick(long nowNanos) {
    // Nobody reads the samples in this mode: the buffer shall not fill and count drops.
    for (int i = 0; i < DRAIN && DurationSamples.poll() != null; i++) {}
    if (!running || periodNanos <= 0 || nowNanos - nextNanos < 0) {
      return;
    }
    nextNanos = nowNanos + periodNanos;
    List<PoolSnapshot> pools = ledger.snapshot();
    long borrows = pools.stream().mapToLong(pool -> pool.tally().borrows()).sum();
    if (borrows != toldBorrows) {
      toldBorrows = borrows;
      tell("pools so far", PoolTable.lines(pools));
    }
  }

  @Override
  public synchronized void close(long timeoutMillis) {
    if (running) {
      running = false;
      List<PoolSnapshot> pools = ledger.snapshot();
      List<String> lines = PoolTable.lines(pools);
      lines.addAll(OldGeneration.lines(pools));
      tell("pools at exit", lines);
    }
  }

  private void tell(String title, List<String> lines) {
    if (!lines.isEmpty()) {
      notices.info(title + ":" + System.lineSeparator() + indented(lines));
    }
  }

  private static String indented(List<String> lines) {
    return "  " + String.join(System.lineSeparator() + "  ", lines);
  }
}
