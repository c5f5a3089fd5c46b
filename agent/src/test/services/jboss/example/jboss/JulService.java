package example.jboss;

import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** Sets the log manager of the JVM itself, as containers do, and logs. */
public final class JulService {
  private JulService() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments.length > 0) {
      Class.forName(arguments[0])
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[0]);
      // Time for the agent's thread to export and to log.
      Thread.sleep(2500);
    }
    // Too late if anybody has asked for a logger before.
    System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
    System.out.println(LogManager.getLogManager().getClass().getName());
    Logger logger = Logger.getLogger("example");
    System.out.println(logger.getClass().getName());
    logger.log(Level.WARNING, "a warning");
  }
}
