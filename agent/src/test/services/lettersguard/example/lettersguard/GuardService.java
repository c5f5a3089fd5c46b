package example.lettersguard;

import io.netty.util.concurrent.FastThreadLocalThread;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Uses postcards after it gave them back, gives some back twice, and else does as it should. */
public final class GuardService {
  private static final int ROUNDS = 200;
  private static final ExecutorService others =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "other");
            thread.setDaemon(true);
            return thread;
          });

  private GuardService() {}

  /**
   * Plants faults.
   *
   * @param args the number of threads; then the agent's log
   */
  public static void main(String[] args) throws Exception {
    int threads = Integer.parseInt(args[0]);
    Letters letters = new Letters();
    awaitWeaving(letters, Path.of(args[1]));
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread thread = new FastThreadLocalThread(() -> work(letters), "clerk-" + i);
      all.add(thread);
      thread.start();
    }
    for (Thread thread : all) {
      thread.join();
    }
    System.out.println("use_after_return = " + 4 * ROUNDS * threads);
    System.out.println("double_return = " + ROUNDS * threads);
  }

  /** The agent weaves on a thread of its own, and says so in its log. */
  private static void awaitWeaving(Letters letters, Path log) throws Exception {
    Thread first = new FastThreadLocalThread(() -> letters.take().done(), "first");
    first.start();
    first.join();
    long start = System.nanoTime();
    while (!Files.exists(log) || !Files.readString(log).contains("Postcard is guarded in")) {
      if (System.nanoTime() - start > 60_000_000_000L) {
        throw new IllegalStateException("not woven");
      }
      Thread.sleep(50);
    }
  }

  private static void work(Letters letters) {
    for (int i = 0; i < ROUNDS; i++) {
      behave(letters);
      Postcard card = letters.take();
      card.write(2);
      card.done();
      late(card);
      twice(card);
    }
  }

  private static void late(Postcard card) {
    card.stamp(1);
    card.write(1);
    card.read();
    elsewhere(() -> card.stamp(2));
  }

  /** As one fault it counts, and not as a use as well. */
  private static void twice(Postcard card) {
    try {
      card.done();
    } catch (IllegalStateException expected) {
      return;
    }
  }

  private static void behave(Letters letters) {
    Postcard card = letters.take();
    card.stamp(1);
    elsewhere(() -> card.stamp(1));
    Runnable later = card.later();
    later.run();
    card.done();
    later.run();
    card.isSealed();
    card.hashCode();
    card.toString();
  }

  private static void elsewhere(Runnable work) {
    try {
      others.submit(work).get();
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }
}
