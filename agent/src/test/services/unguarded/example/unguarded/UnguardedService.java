package example.unguarded;

import example.unguarded.Letters.Letter;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Breaks the contract of unguarded Recyclers, and keeps it. */
public final class UnguardedService {
  private static final int THREADS = 4;
  private static final int ROUNDS = 100;

  private UnguardedService() {}

  /**
   * Runs.
   *
   * @param args where the agent logs
   */
  public static void main(String[] args) throws Exception {
    Letters letters = new Letters();
    awaitWeaving(Path.of(args[0]), letters);
    AtomicLong used = new AtomicLong();
    AtomicLong twice = new AtomicLong();
    AtomicLong lost = new AtomicLong();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      threads.add(
          new FastThreadLocalThread(
              () -> {
                List<Letter> live = new ArrayList<>();
                for (int round = 0; round < ROUNDS; round++) {
                  good(letters, round);
                  Letter letter = letters.get();
                  letter.use();
                  letter.giveBack();
                  letter.use();
                  used.incrementAndGet();
                  live.add(letters.get());

                  // A Recycler of its own: it has the object twice from here on.
                  Letters spoilt = new Letters();
                  Letter one = spoilt.get();
                  one.giveBack();
                  one.giveBack();
                  twice.incrementAndGet();

                  letters.get().use();
                  lost.incrementAndGet();
                }
                settle();
                Reference.reachabilityFence(live);
                live.forEach(Letter::giveBack);
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    System.out.println("use_after_return = " + used);
    System.out.println("double_return = " + twice);
    System.out.println("leak = " + lost);
  }

  private static void settle() {
    try {
      for (int i = 0; i < 3; i++) {
        System.gc();
        Thread.sleep(500);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void good(Letters letters, int round) {
    List<Letter> some = new ArrayList<>();
    for (int i = 0; i < round % 7; i++) {
      some.add(letters.get());
    }
    some.forEach(Letter::use);
    some.forEach(Letter::giveBack);
  }

  /** The agent weaves on a thread of its own, and says so in its log. */
  private static void awaitWeaving(Path log, Letters letters) throws Exception {
    Thread thread = new FastThreadLocalThread(() -> letters.get().giveBack());
    thread.start();
    thread.join();
    long start = System.nanoTime();
    while (!Files.exists(log) || !Files.readString(log).contains("Letter is guarded in")) {
      if (System.nanoTime() - start > 60_000_000_000L) {
        throw new IllegalStateException("not woven");
      }
      Thread.sleep(50);
    }
  }
}
