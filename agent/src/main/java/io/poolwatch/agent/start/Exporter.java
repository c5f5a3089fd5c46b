package io.poolwatch.agent.start;

/**
 * A way out for the figures. All three methods are called on the agent's own thread, in this order,
 * never at the same time; what they throw is logged and goes no further.
 */
public interface Exporter {
  /** Starts; may take a second. */
  void start();

  /**
   * Called about once a second, after the ledger's tick.
   *
   * @param nowNanos {@link System#nanoTime}
   */
  void tick(long nowNanos);

  /**
   * The last export, as the JVM ends.
   *
   * @param timeoutMillis by when it must be over, whoever does not answer
   */
  void close(long timeoutMillis);
}
