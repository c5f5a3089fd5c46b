package io.poolwatch.agent.service;

import java.util.logging.LogManager;
import java.util.logging.Logger;

/**
 * A service that, like an application server, chooses its own log manager in its main method, after
 * its pools are in use.
 */
public final class LogManagerService {
  private LogManagerService() {}

  /** Runs it. */
  public static void main(String[] arguments) throws Exception {
    PoolService.main(arguments);
    // Time for the agent's thread to start the SDK, the exporter and its HTTP client.
    Thread.sleep(4_000);
    System.setProperty("java.util.logging.manager", Own.class.getName());
    Logger.getLogger("service").fine("never shown");
    System.out.println("service: " + LogManager.getLogManager().getClass().getSimpleName());
  }

  /** The log manager of its choice. */
  public static final class Own extends LogManager {}
}
