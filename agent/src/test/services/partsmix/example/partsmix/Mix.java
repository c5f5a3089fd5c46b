package example.partsmix;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.commons.pool2.impl.BaseGenericObjectPool;

/** What is done to a pool, and how often each call came to which end. */
abstract class Mix {
  private static final int STEPS = 1_500;

  final PartFactory factory = new PartFactory();
  private final AtomicLong borrowed = new AtomicLong();
  private final AtomicLong notBorrowed = new AtomicLong();
  private final AtomicLong returned = new AtomicLong();
  private final AtomicLong rejected = new AtomicLong();
  private final AtomicLong forgotten = new AtomicLong();
  private final AtomicLong invalidated = new AtomicLong();
  private long kept;
  private long stranded;

  abstract BaseGenericObjectPool<Part> pool();

  abstract Part borrow(int key) throws Exception;

  abstract void giveBack(int key, Part part);

  abstract void invalidate(int key, Part part) throws Exception;

  abstract void add(int key) throws Exception;

  abstract void clear();

  abstract int active();

  /** Takes the limits away. */
  abstract void unbound();

  final void configure() {
    pool().setMaxTotal(6);
    pool().setMaxWaitMillis(1);
    pool().setTestOnBorrow(true);
    pool().setTestOnReturn(true);
    pool().setTestWhileIdle(true);
    pool().setNumTestsPerEvictionRun(3);
    pool().setMinEvictableIdleTimeMillis(2);
  }

  final void work(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Deque<Part> held = new ArrayDeque<>();
    Deque<Integer> keys = new ArrayDeque<>();
    for (int i = 0; i < STEPS; i++) {
      int dice = random.nextInt(100);
      if (held.isEmpty() || dice < 40 && held.size() < 3) {
        int key = random.nextInt(3);
        Part part = tryToBorrow(key);
        if (part != null) {
          held.push(part);
          keys.push(key);
        }
      } else if (dice < 80) {
        giveBackGood(keys.pop(), held.pop());
      } else if (dice < 87) {
        int key = keys.pop();
        Part part = held.pop();
        tryTo(() -> invalidate(key, part));
        invalidated.incrementAndGet();
      } else if (dice < 91) {
        tryTo(() -> add(random.nextInt(3)));
      } else if (dice < 96) {
        tryTo(() -> pool().evict());
      } else if (dice < 98) {
        tryTo(this::clear);
      } else {
        tryToReturn(0, new Part());
      }
    }
    while (!held.isEmpty()) {
      giveBackGood(keys.pop(), held.pop());
    }
  }

  /**
   * One comes back twice, one after the pool was closed, and one never. Every release strands the
   * object that addObject made if its passivation fails: it is neither idle nor lent for ever, and
   * takes up room. So there is no limit any more.
   */
  final void end() {
    stranded = active();
    unbound();
    Part twice = borrowForSure();
    factory.bad = false;
    tryToReturn(0, twice);
    tryToReturn(0, twice);
    Part late = borrowForSure();
    borrowForSure();
    kept++;
    pool().close();
    tryToReturn(0, late);
  }

  private Part borrowForSure() {
    Part part = null;
    while (part == null) {
      part = tryToBorrow(0);
    }
    return part;
  }

  private Part tryToBorrow(int key) {
    try {
      Part part = borrow(key);
      borrowed.incrementAndGet();
      return part;
    } catch (Exception expected) {
      notBorrowed.incrementAndGet();
      return null;
    }
  }

  /** A keyed pool may forget a key of which it has an object lent, and then refuses that one. */
  private void giveBackGood(int key, Part part) {
    if (!tryToReturn(key, part)) {
      forgotten.incrementAndGet();
    }
  }

  private boolean tryToReturn(int key, Part part) {
    try {
      giveBack(key, part);
      returned.incrementAndGet();
      return true;
    } catch (RuntimeException expected) {
      rejected.incrementAndGet();
      return false;
    }
  }

  private interface Step {
    void take() throws Exception;
  }

  private static void tryTo(Step step) {
    try {
      step.take();
    } catch (Exception expected) {
      // what it did is in the figures
    }
  }

  final void print(String name) {
    line(name, "borrowed", borrowed.get());
    line(name, "not borrowed", notBorrowed.get());
    line(name, "returned", returned.get());
    line(name, "rejected", rejected.get());
    line(name, "forgotten", forgotten.get());
    line(name, "invalidated", invalidated.get());
    line(name, "kept", kept);
    line(name, "stranded", stranded);
    line(name, "made", factory.made.get());
    line(name, "destroyed", factory.destroyed.get());
    line(name, "destroyed again", factory.destroyedAgain.get());
    line(name, "library borrowed", pool().getBorrowedCount());
    line(name, "library returned", pool().getReturnedCount());
    line(name, "library created", pool().getCreatedCount());
    line(name, "library destroyed", pool().getDestroyedCount());
    line(name, "library idle", pool().getNumIdle());
    line(name, "library active", active());
  }

  private static void line(String name, String figure, long value) {
    System.out.println(name + " " + figure + " = " + value);
  }
}
