package example.loadedpools;

import io.netty.util.Recycler;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A Recycler of Netty that threads use and give back each other's objects to, and what of that was
 * counted. Compiled against 4.1.9.
 */
final class Letters {
  private final AtomicLong borrowed = new AtomicLong();
  private final AtomicLong made = new AtomicLong();
  private final AtomicLong returned = new AtomicLong();
  private final AtomicReference<Letter> exchange = new AtomicReference<>();
  private final List<Letter> held = new ArrayList<>();
  private final Recycler<Letter> recycler =
      new Recycler<Letter>() {
        @Override
        protected Letter newObject(Handle<Letter> handle) {
          made.incrementAndGet();
          return new Letter(handle);
        }
      };

  void hold(int letters) {
    for (int i = 0; i < letters; i++) {
      held.add(recycler.get());
    }
  }

  /** The thread that borrowed these borrows no more, so that nobody knows whose they are. */
  void giveBack() {
    for (Letter each : held) {
      each.handle.recycle(each);
    }
    held.clear();
  }

  void begin(int threads, ReentrantReadWriteLock gate) {
    Rounds rounds = this::round;
    rounds.begin(FastThreadLocalThread::new, "letters", threads, gate);
  }

  private void round() {
    List<Letter> letters = new ArrayList<>();
    int many = 1 + ThreadLocalRandom.current().nextInt(3);
    for (int i = 0; i < many; i++) {
      letters.add(recycler.get());
      borrowed.incrementAndGet();
    }
    if (ThreadLocalRandom.current().nextInt(50) == 0) {
      letters.remove(0); // never comes back, so that another has to be made
    }
    for (Letter each : letters) {
      boolean other = ThreadLocalRandom.current().nextInt(4) == 0;
      Letter back = other ? exchange.getAndSet(each) : each;
      if (back != null) {
        if (back.handle.getClass().getSimpleName().equals("DefaultHandle")) {
          returned.incrementAndGet(); // others belong to no pool
        }
        back.handle.recycle(back);
      }
    }
  }

  void print() {
    Use.print("letter", "borrowed", borrowed.get());
    Use.print("letter", "made", made.get());
    Use.print("letter", "returned", returned.get());
  }

  /** What is pooled. */
  static final class Letter {
    final Recycler.Handle<Letter> handle;

    Letter(Recycler.Handle<Letter> handle) {
      this.handle = handle;
    }
  }
}
