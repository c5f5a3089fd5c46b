package io.poolwatch.agent.start;

import io.poolwatch.agent.config.Settings;
import io.poolwatch.book.Ledger;

/** What the agent's thread does about pools once there are any: the ledger's upkeep, and export. */
final class Duties {
  private final Ledger ledger;
  private final Exporter exporter;

  Duties(BootSide boot, Settings settings, AgentFigures figures) {
    ledger = boot.openLedger();
    exporter = ExportFactory.create(settings, ledger, figures);
    exporter.start();
  }

  void tick(long nowNanos) {
    ledger.tick(nowNanos);
    exporter.tick(nowNanos);
  }

  void close(long timeoutMillis) {
    exporter.close(timeoutMillis);
  }
}
