package io.poolwatch.otel;

/** The kinds of OpenTelemetry instruments that are used, by the names the metric model uses. */
public enum Instrument {
  /** Asynchronous counter of whole numbers. */
  COUNTER("counter"),
  /** Asynchronous counter of fractions. */
  DOUBLE_COUNTER("counter"),
  /** Asynchronous up-down counter of whole numbers. */
  UP_DOWN_COUNTER("up-down counter"),
  /** Asynchronous gauge of fractions. */
  GAUGE("gauge"),
  /** Synchronous histogram of fractions; the only kind that is not read from a snapshot. */
  HISTOGRAM("histogram");

  private final String title;

  Instrument(String title) {
    this.title = title;
  }

  /** How the metrics reference calls it. */
  public String title() {
    return title;
  }
}
