package io.poolwatch.agent.service;

import org.slf4j.LoggerFactory;

/** A service that logs by a Logback and an SLF4J of its own, while it uses a pool. */
public final class LogbackService {
  private LogbackService() {}

  /** Runs it. */
  public static void main(String[] arguments) throws Exception {
    LoggerFactory.getLogger("service").info("hello from the service's own Logback");
    PoolService.main(arguments);
    LoggerFactory.getLogger("service").info("bye");
  }
}
