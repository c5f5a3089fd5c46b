package example.logback;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs through SLF4J, to whatever provider the service has. */
public final class LoggingService {
  private static final Logger LOGGER = LoggerFactory.getLogger(LoggingService.class);

  private LoggingService() {}

  public static void main(String[] arguments) throws Exception {
    LOGGER.info("provider {}", LoggerFactory.getILoggerFactory().getClass().getName());
    LOGGER.debug("a detail");
    LOGGER.warn("a warning", new IllegalStateException("with a trace"));
    if (arguments.length > 0) {
      Class.forName(arguments[0])
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[0]);
    }
    LOGGER.info("end");
  }
}
