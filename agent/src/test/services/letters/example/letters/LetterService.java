package example.letters;

import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Eight threads take from one Recycler and give back what they or others took, until all is given
 * back. Prints what it counted itself, and how many idle objects the library says it has; the
 * threads live on to the end of the JVM, and their shares with them.
 */
public final class LetterService {
  private static final int THREADS = 8;
  private static final int STEPS = 20_000;

  private final LetterPool pool = new LetterPool();
  private final AtomicReferenceArray<Letter> exchange = new AtomicReferenceArray<>(32);
  private final AtomicLong borrowed = new AtomicLong();
  private final AtomicLong returned = new AtomicLong();
  private final AtomicLong idle = new AtomicLong();
  private final AtomicReference<Throwable> thrown = new AtomicReference<>();
  private final CyclicBarrier barrier = new CyclicBarrier(THREADS);
  private final CountDownLatch done = new CountDownLatch(THREADS);
  private final CountDownLatch never = new CountDownLatch(1);

  private LetterService() {}

  public static void main(String[] args) throws Exception {
    LetterService service = new LetterService();
    for (int i = 0; i < THREADS; i++) {
      long seed = i;
      Thread thread = new FastThreadLocalThread(() -> service.run(seed));
      thread.setDaemon(true);
      thread.start();
    }
    if (!service.done.await(60, TimeUnit.SECONDS) || service.thrown.get() != null) {
      throw new IllegalStateException("not done", service.thrown.get());
    }
    System.out.println("borrowed = " + service.borrowed);
    System.out.println("made = " + service.pool.made);
    System.out.println("failed = " + service.pool.failed);
    System.out.println("returned = " + service.returned);
    System.out.println("library idle = " + service.idle);
  }

  private void run(long seed) {
    try {
      work(new SplittableRandom(seed));
      if (barrier.await() == 0) {
        for (int i = 0; i < exchange.length(); i++) {
          giveBack(exchange.getAndSet(i, null));
        }
      }
      barrier.await();
      idle.addAndGet(pool.idleOfThread());
    } catch (Throwable failure) {
      thrown.compareAndSet(null, failure);
      barrier.reset();
    } finally {
      done.countDown();
    }
    awaitTheEnd();
  }

  private void awaitTheEnd() {
    try {
      never.await();
    } catch (InterruptedException unexpected) {
      Thread.currentThread().interrupt();
    }
  }

  private void work(SplittableRandom random) {
    Deque<Letter> held = new ArrayDeque<>();
    for (int i = 0; i < STEPS; i++) {
      take(held);
      while (held.size() > random.nextInt(12)) {
        Letter letter = random.nextBoolean() ? held.pollFirst() : held.pollLast();
        if (random.nextInt(3) == 0) {
          letter = exchange.getAndSet(random.nextInt(exchange.length()), letter);
        }
        giveBack(letter);
      }
    }
    while (!held.isEmpty()) {
      giveBack(held.poll());
    }
  }

  private void take(Deque<Letter> held) {
    borrowed.incrementAndGet();
    try {
      held.add((Letter) pool.get());
    } catch (UnsupportedOperationException planted) {
      // Counted by the factory.
      return;
    }
  }

  private void giveBack(Letter letter) {
    if (letter != null) {
      if (LetterPool.isPooled(letter)) {
        returned.incrementAndGet();
      }
      pool.recycle(letter, letter.handle);
    }
  }
}
