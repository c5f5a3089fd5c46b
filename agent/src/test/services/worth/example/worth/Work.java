package example.worth;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Runs the cases until the agent has said what it is to say, or the time is over. */
public final class Work {
  /** What keeps the JIT from leaving out what is made. */
  static volatile Object kept;

  private static final long MOST_SECONDS = 120;

  private static volatile boolean over;

  private Work() {}

  /** Something that a service does for one request. */
  interface Request {
    void serve() throws Exception;
  }

  /**
   * Ends all work once the agent's log has it.
   *
   * @param args the log, and what is to be in it, as patterns, from an index on
   */
  static void untilTold(String[] args, int from) {
    long end = System.nanoTime() + MOST_SECONDS * 1_000_000_000L;
    Thread watch =
        new Thread(
            () -> {
              try {
                while (!isTold(args, from) && System.nanoTime() - end < 0) {
                  Thread.sleep(200);
                }
              } catch (Exception e) {
                e.printStackTrace();
              }
              over = true;
            });
    watch.setDaemon(true);
    watch.start();
  }

  private static boolean isTold(String[] args, int from) throws Exception {
    Path log = Path.of(args[from]);
    String text = Files.exists(log) ? Files.readString(log) : "";
    for (int i = from + 1; i < args.length; i++) {
      if (!Pattern.compile(args[i]).matcher(text).find()) {
        return false;
      }
    }
    return true;
  }

  /** Repeats a request until the work is over. */
  static void repeat(Request request) throws Exception {
    while (!over) {
      for (int i = 0; i < 100; i++) {
        request.serve();
      }
    }
  }

  /** The same, with a pause after each one. */
  static void repeatSlowly(long pauseMillis, Request request) throws Exception {
    while (!over) {
      request.serve();
      Thread.sleep(pauseMillis);
    }
  }
}
