package example.letterfindings;

import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.ArrayList;
import java.util.List;

/** Threads that may have a place in a Recycler, in every release. */
final class Clerks {
  private final List<Thread> all = new ArrayList<>();

  /** What a clerk does, again and again. */
  interface Work {
    void run() throws Exception;
  }

  /** Starts a clerk, who works until nobody waits for it. */
  void start(String name, Work work) {
    Thread thread =
        new FastThreadLocalThread(
            () -> {
              try {
                work.run();
              } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
              } catch (Exception unexpected) {
                throw new IllegalStateException(unexpected);
              }
            },
            name);
    all.add(thread);
    thread.start();
  }

  /** Ends all. */
  void end() throws InterruptedException {
    for (Thread each : all) {
      each.interrupt();
    }
    for (Thread each : all) {
      each.join();
    }
  }
}
