package io.poolwatch.agent.log;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** Where lines meet the logging framework; loaded with the first line, on the agent's thread. */
final class LogOutput {
  private static final Logger LOGGER = LoggerFactory.getLogger("io.poolwatch");

  private LogOutput() {}

  static void write(AgentLog.Line line) {
    Level level = line.isWarning() ? Level.WARN : line.isDebug() ? Level.DEBUG : Level.INFO;
    LoggingEventBuilder event = LOGGER.atLevel(level).setMessage(line.message);
    if (line.cause != null) {
      if (LOGGER.isDebugEnabled()) {
        event = event.setCause(line.cause);
      } else {
        event = event.setMessage(line.message + ": " + line.cause);
      }
    }
    event.addKeyValue(LogbackSetup.TIME_KEY, line.epochMillis).log();
  }
}
