package io.poolwatch.agent.start;

import io.poolwatch.agent.config.Settings;
import io.poolwatch.book.Ledger;

/** Picks the ways out for the figures by what is configured. */
final class ExportFactory {
  private ExportFactory() {}

  /**
   * Whether figures are to leave the process, so that a start without any pool is worth reporting.
   * Called in premain: must be quick.
   */
  static boolean hasEndpoint() {
    return isSet("OTEL_EXPORTER_OTLP_ENDPOINT")
        || isSet("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT")
        || isSet("OTEL_METRICS_EXPORTER");
  }

  /**
   * The exporter for this process.
   *
   * @param settings the configuration
   * @param ledger the books
   * @param figures what the agent itself costs and lost
   */
  static Exporter create(Settings settings, Ledger ledger, AgentFigures figures) {
    return new NoExport();
  }

  private static boolean isSet(String variable) {
    String property =
        System.getProperty(variable.toLowerCase(java.util.Locale.ROOT).replace('_', '.'));
    String value = property != null ? property : System.getenv(variable);
    return value != null && !value.trim().isEmpty() && !value.trim().equals("none");
  }

  /** Nothing goes out. */
  private static final class NoExport implements Exporter {
    @Override
    public void start() {}

    @Override
    public void tick(long nowNanos) {}

    @Override
    public void close(long timeoutMillis) {}
  }
}
