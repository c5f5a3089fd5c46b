package example.loadedpools;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.commons.pool2.KeyedObjectPool;
import org.apache.commons.pool2.ObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPool;

/** How one pool is used, and what of that was counted. */
final class Use {
  private final String name;
  private final int atOnce;
  private final Pool pool;
  private final List<Loan> held = new ArrayList<>();
  private final AtomicLong borrowed = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong returned = new AtomicLong();
  private final AtomicLong invalidated = new AtomicLong();

  /** Of a pool whose one thread stops by itself. */
  private boolean resting;

  private boolean rests;

  Use(String name, int atOnce, Pool pool) {
    this.name = name;
    this.atOnce = atOnce;
    this.pool = pool;
  }

  /** Borrows objects to keep. */
  void hold(int objects) throws Exception {
    for (int i = 0; i < objects; i++) {
      held.add(borrow());
    }
  }

  /** Gives back what is held. */
  void giveBack() throws Exception {
    for (Loan each : held) {
      giveBack(each);
    }
    held.clear();
  }

  /** Begins to use the pool; without a gate, as {@link #rest} lets it. */
  void begin(int threads, ReentrantReadWriteLock gate) {
    Rounds rounds = gate == null ? this::roundWithLeave : this::round;
    rounds.begin(Thread::new, name, threads, gate);
  }

  private void roundWithLeave() throws Exception {
    awaitLeave();
    round();
  }

  private synchronized void awaitLeave() throws InterruptedException {
    while (resting) {
      rests = true;
      notifyAll();
      wait();
    }
    rests = false;
  }

  /** Stops the thread without a gate between two rounds, unless it waits in the pool. */
  synchronized void rest(boolean on) throws InterruptedException {
    resting = on;
    notifyAll();
    while (on && !rests && held.isEmpty()) {
      wait();
    }
  }

  int waiting() {
    return pool.waiting();
  }

  private void round() throws Exception {
    List<Loan> loans = new ArrayList<>();
    int many = 1 + ThreadLocalRandom.current().nextInt(atOnce);
    for (int i = 0; i < many; i++) {
      loans.add(borrow());
    }
    for (Loan each : loans) {
      if (atOnce > 1 && ThreadLocalRandom.current().nextInt(50) == 0) {
        pool.invalidate(each);
        invalidated.incrementAndGet();
      } else {
        giveBack(each);
      }
    }
  }

  private Loan borrow() throws Exception {
    while (true) {
      try {
        Loan loan = pool.borrow();
        borrowed.incrementAndGet();
        return loan;
      } catch (java.util.NoSuchElementException unfit) {
        failed.incrementAndGet(); // a new one failed its first test
      }
    }
  }

  private void giveBack(Loan loan) throws Exception {
    pool.giveBack(loan);
    returned.incrementAndGet();
  }

  void print() {
    print("borrowed", borrowed.get());
    print("failed", failed.get());
    print("returned", returned.get());
    print("invalidated", invalidated.get());
    print("made", pool.factory.made.get());
    print("destroyed", pool.factory.destroyed.get());
    print("idle", pool.idle());
    print("active", pool.active());
    print("held", held.size());
  }

  private void print(String figure, long value) {
    print(name, figure, value);
  }

  static void print(String pool, String figure, long value) {
    System.out.println(pool + ' ' + figure + ' ' + value);
  }

  /** One object that is lent. */
  private static final class Loan {
    final String key;
    final StringBuilder part;

    Loan(String key, StringBuilder part) {
      this.key = key;
      this.part = part;
    }
  }

  /** A pool with keys or without. */
  abstract static class Pool {
    final PartFactory factory;

    Pool(PartFactory factory) {
      this.factory = factory;
    }

    abstract Loan borrow() throws Exception;

    abstract void giveBack(Loan loan) throws Exception;

    abstract void invalidate(Loan loan) throws Exception;

    abstract int idle();

    abstract int active();

    int waiting() {
      return 0;
    }

    static Pool of(ObjectPool<StringBuilder> pool, PartFactory factory) {
      return new Pool(factory) {
        @Override
        Loan borrow() throws Exception {
          return new Loan(null, pool.borrowObject());
        }

        @Override
        void giveBack(Loan loan) throws Exception {
          pool.returnObject(loan.part);
        }

        @Override
        void invalidate(Loan loan) throws Exception {
          pool.invalidateObject(loan.part);
        }

        @Override
        int idle() {
          return pool.getNumIdle();
        }

        @Override
        int active() {
          return pool.getNumActive();
        }

        @Override
        int waiting() {
          return ((GenericObjectPool<?>) pool).getNumWaiters();
        }
      };
    }

    static Pool of(KeyedObjectPool<String, StringBuilder> pool, PartFactory factory) {
      return new Pool(factory) {
        @Override
        Loan borrow() throws Exception {
          String key = "key" + ThreadLocalRandom.current().nextInt(3);
          return new Loan(key, pool.borrowObject(key));
        }

        @Override
        void giveBack(Loan loan) throws Exception {
          pool.returnObject(loan.key, loan.part);
        }

        @Override
        void invalidate(Loan loan) throws Exception {
          pool.invalidateObject(loan.key, loan.part);
        }

        @Override
        int idle() {
          return pool.getNumIdle();
        }

        @Override
        int active() {
          return pool.getNumActive();
        }
      };
    }
  }
}
