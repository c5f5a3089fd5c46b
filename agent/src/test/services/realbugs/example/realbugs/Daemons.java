package example.realbugs;

import java.util.concurrent.ThreadFactory;

/** Threads with a name that keep no service alive. */
final class Daemons {
  private Daemons() {}

  static ThreadFactory named(String name) {
    return work -> {
      Thread thread = new Thread(work, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
