package example.loadedpools;

import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiFunction;

/** What threads do again and again; ends the service if that fails. */
interface Rounds {
  void round() throws Exception;

  /**
   * Begins them on daemon threads.
   *
   * @param threads makes a thread of what it runs and its name
   * @param gate each round passes through it; null for none
   */
  default void begin(
      BiFunction<Runnable, String, Thread> threads,
      String name,
      int count,
      ReentrantReadWriteLock gate) {
    for (int i = 0; i < count; i++) {
      Thread thread = threads.apply(() -> loop(gate), name + i);
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void loop(ReentrantReadWriteLock gate) {
    try {
      while (true) {
        if (gate == null) {
          round();
        } else {
          gate.readLock().lock();
          try {
            round();
          } finally {
            gate.readLock().unlock();
          }
        }
        Thread.sleep(0, 200_000);
      }
    } catch (Exception unexpected) {
      unexpected.printStackTrace();
      System.exit(3);
    }
  }
}
