package io.poolwatch.agent.export;

/**
 * One way of telling the figures. All methods but {@link #close} belong to the agent's own thread;
 * none throws.
 */
public interface MetricsExport {
  /** Begins. May take a second: never to be called on a thread of the service. */
  void start();

  /**
   * Does what is due; called about once a second, after the ledger's own tick.
   *
   * @param nowNanos the present {@link System#nanoTime}
   */
  void tick(long nowNanos);

  /**
   * Tells the figures soon, where they are pushed; at most every ten seconds, however often asked.
   */
  default void soon() {}

  /** Tells an event, where this way of telling has a place for events. */
  default void event(AgentEvent event) {}

  /**
   * Tells the last figures, as the process ends, and returns within the given time, whatever
   * happens.
   */
  void close(long timeoutMillis);
}
