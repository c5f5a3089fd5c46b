package io.poolwatch.pool;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts collections and sweeps the pools that nobody uses, after each.
 *
 * <p>Pools are held weakly, and a pool is looked up through its reference only while it may hold an
 * object, that is until it has been swept {@value #GENERATIONS} collections after its last use.
 * That is more than a saving: on collectors that mark concurrently {@code Reference.get()} makes
 * its referent live for the marking that is running, so a look-up after each young collection would
 * keep a dead pool for ever. For the same reason the JVM calls us only while {@link #due} is set:
 * see {@link GcNotifications}.
 */
final class GcEpoch {

  /** Collections that an idle object survives at most. */
  static final int GENERATIONS = 2;

  /** Collections so far. */
  final AtomicInteger clock = new AtomicInteger();

  /** Whether some pool may hold an object, so that {@link #sweepAll} must be called. */
  final AtomicBoolean due = new AtomicBoolean();

  private final Set<Entry> entries = ConcurrentHashMap.newKeySet();
  private final ReferenceQueue<Object> gone = new ReferenceQueue<>();
  private final AtomicBoolean sweeping = new AtomicBoolean();

  /** The epoch that follows this JVM's collector. */
  static GcEpoch ofJvm() {
    return Jvm.EPOCH;
  }

  /** Whether {@link #poll} must be called, because the JVM does not tell of collections, yet. */
  static boolean isPolled() {
    return Jvm.polled;
  }

  /** Looks for a collection where nobody tells of it; does nothing where somebody does. */
  static void poll() {
    if (Jvm.polled) {
      Jvm.SENTINEL.poll();
    }
  }

  /** From now on {@code pool} is swept, until it is collected itself. */
  Use register(Sweepable pool) {
    Use use = new Use(clock.get(), due);
    entries.add(new Entry(pool, gone, use));
    expunge();
    return use;
  }

  /** Sweeps, on the calling thread, every pool that may hold objects. Throws nothing. */
  void sweepAll() {
    if (!sweeping.compareAndSet(false, true)) {
      return;
    }
    try {
      due.set(false);
      expunge();
      boolean again = false;
      int now = clock.get();
      for (Entry entry : entries) {
        again |= sweep(entry, now);
      }
      if (again) {
        due.set(true);
      }
    } catch (RuntimeException | Error e) {
      // The caller is a thread of the JVM; what was not swept ages at its next use.
      due.set(true);
    } finally {
      sweeping.set(false);
    }
  }

  /** Pools that have not been collected, as far as is known. */
  int registered() {
    expunge();
    return entries.size();
  }

  private static boolean sweep(Entry entry, int now) {
    Use use = entry.use;
    if (use.mayHoldObjects()) {
      Sweepable pool = entry.get();
      if (pool != null) {
        pool.sweep(now);
      }
      use.swept = now;
    }
    return use.mayHoldObjects();
  }

  private void expunge() {
    for (Reference<?> dead = gone.poll(); dead != null; dead = gone.poll()) {
      entries.remove(dead);
    }
  }

  /** Something that lets idle objects go. */
  interface Sweepable {

    /** Lets go what {@link #GENERATIONS} collections have passed over. */
    void sweep(int now);
  }

  /** What is known of a pool without touching it. */
  static final class Use {

    private final AtomicBoolean due;
    private volatile int last;
    private volatile int swept;

    private Use(int now, AtomicBoolean due) {
      this.due = due;
      last = now - GENERATIONS;
      swept = now;
    }

    /** The pool is about to be used; a comparison when said before in this epoch. */
    void mark(int now) {
      if (last != now) {
        last = now;
        due.set(true);
        Jvm.listen();
      }
    }

    private boolean mayHoldObjects() {
      return swept - last < GENERATIONS;
    }
  }

  private static final class Entry extends WeakReference<Sweepable> {

    final Use use;

    Entry(Sweepable pool, ReferenceQueue<Object> queue, Use use) {
      super(pool, queue);
      this.use = use;
    }
  }

  /** Made at the first pool, so that an application without one pays nothing. */
  private static final class Jvm {

    static final GcEpoch EPOCH = new GcEpoch();
    static final GcSentinel SENTINEL = new GcSentinel(EPOCH);

    /** Plain, since it costs the fastest path; a thread that sees it late asks in vain. */
    static boolean polled = true;

    private static final AtomicBoolean LISTENING = new AtomicBoolean();

    /** When the first object is about to be kept. */
    static void listen() {
      if (LISTENING.compareAndSet(false, true)) {
        Thread thread = new Thread(null, new Listening(), "poolwatch-pool-start", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.start();
      }
    }
  }

  /**
   * Asks the JVM to tell of its collections. That takes its management classes, which cost tens of
   * milliseconds in a JVM that has not used them: too much for whoever makes or uses the first
   * pool. So a thread does it that ends with it; until then, or where it fails, collections are
   * found by asking.
   */
  private static final class Listening implements Runnable {

    /** Held here: the JVM's side has only a weak reference to it. */
    static final Runnable SWEEP = new Sweep();

    @Override
    public void run() {
      if (GcNotifications.listen(Jvm.EPOCH.clock, Jvm.EPOCH.due, SWEEP)) {
        Jvm.polled = false;
      }
    }
  }

  private static final class Sweep implements Runnable {
    @Override
    public void run() {
      Jvm.EPOCH.sweepAll();
    }
  }
}
