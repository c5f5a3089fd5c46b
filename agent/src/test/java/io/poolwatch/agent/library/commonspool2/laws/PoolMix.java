package io.poolwatch.agent.library.commonspool2.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.book.BorrowOutcome;
import io.poolwatch.book.ReturnOutcome;
import io.poolwatch.book.Tally;
import io.poolwatch.gc.PromotionKind;
import io.poolwatch.gc.ScriptedCollections;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Exchanger;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.PooledObjectState;
import org.apache.commons.pool2.impl.BaseGenericObjectPool;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPool;

/**
 * Eight threads that borrow, return, invalidate, add, evict and clear at random, through a factory
 * whose every call fails at random. Counts what the calls did, and compares with the book and with
 * the library's own statistics.
 */
public abstract class PoolMix implements Callable<Void> {
  private static final int THREADS = 8;
  private static final int STEPS = 1_200;

  final Flaky factory = new Flaky();
  private final AtomicLong borrowed = new AtomicLong();
  private final AtomicLong notBorrowed = new AtomicLong();
  private final AtomicLong returned = new AtomicLong();
  private final AtomicLong notReturned = new AtomicLong();
  private final Exchanger<Map.Entry<Integer, Toy>> exchange = new Exchanger<>();

  abstract BaseGenericObjectPool<Toy> pool();

  abstract Toy borrow(int key) throws Exception;

  abstract void giveBack(int key, Toy toy);

  abstract void invalidate(int key, Toy toy) throws Exception;

  abstract void add(int key) throws Exception;

  abstract void clear();

  abstract int idleInLibrary();

  abstract int activeInLibrary();

  @Override
  public Void call() throws Exception {
    try (ScriptedCollections collections = new ScriptedCollections()) {
      return run(collections);
    }
  }

  private Void run(ScriptedCollections collections) throws Exception {
    pool().setMaxTotal(6);
    pool().setMaxWaitMillis(1);
    pool().setTestOnBorrow(true);
    pool().setTestOnReturn(true);
    pool().setTestWhileIdle(true);
    pool().setNumTestsPerEvictionRun(3);
    if (Releases.has("2.2")) {
      pool().getClass().getMethod("setTestOnCreate", boolean.class).invoke(pool(), true);
    }
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Void>> all = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        SplittableRandom random = new SplittableRandom(i);
        all.add(threads.submit(() -> run(random)));
      }
      long promoted = 0;
      while (!all.stream().allMatch(Future::isDone)) {
        collections.promoteAll(PromotionKind.AGED);
        Tally now = balanced(Figures.tally(pool()));
        assertThat(now.promotions()).isGreaterThanOrEqualTo(promoted);
        promoted = now.promotions();
        Thread.sleep(1);
      }
      for (Future<Void> one : all) {
        one.get(60, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    collections.promoteAll(PromotionKind.FULL);
    compare();
    pool().close();
    assertThat(Figures.tally(pool()).idle()).as("idle when closed").isZero();
    compare();
    return null;
  }

  private static Tally balanced(Tally tally) {
    assertThat(tally.promotions())
        .isEqualTo(tally.tenuredIdle() + tally.tenuredUsed() + tally.tenuredRemoved());
    return tally;
  }

  private Void run(SplittableRandom random) throws InterruptedException {
    Deque<Toy> held = new ArrayDeque<>();
    Deque<Integer> keys = new ArrayDeque<>();
    for (int i = 0; i < STEPS; i++) {
      int dice = random.nextInt(100);
      if (held.isEmpty() || dice < 40 && held.size() < 3) {
        int key = random.nextInt(3);
        Toy toy = tryToBorrow(key);
        if (toy != null) {
          held.push(toy);
          keys.push(key);
        }
      } else if (dice < 80) {
        tryToReturn(keys.pop(), held.pop());
      } else if (dice < 86) {
        tryTo(() -> invalidate(keys.pop(), held.pop()));
      } else if (dice < 90) {
        race(keys.pop(), held.pop());
      } else if (dice < 93) {
        tryTo(() -> add(random.nextInt(3)));
      } else if (dice < 97) {
        tryTo(() -> pool().evict());
      } else if (dice < 98) {
        tryTo(this::clear);
      } else {
        tryToReturn(0, new Toy());
      }
    }
    while (!held.isEmpty()) {
      tryToReturn(keys.pop(), held.pop());
    }
    return null;
  }

  /** Two threads swap objects, so that each gives back what the other borrowed. */
  private void race(int key, Toy toy) throws InterruptedException {
    Map.Entry<Integer, Toy> mine = Map.entry(key, toy);
    try {
      mine = exchange.exchange(mine, 100, TimeUnit.MICROSECONDS);
    } catch (TimeoutException alone) {
      // keeps its own
    }
    tryToReturn(mine.getKey(), mine.getValue());
  }

  private Toy tryToBorrow(int key) {
    factory.mayThrowInValidate.set(true);
    try {
      Toy toy = borrow(key);
      borrowed.incrementAndGet();
      return toy;
    } catch (Exception expected) {
      notBorrowed.incrementAndGet();
      return null;
    } finally {
      factory.mayThrowInValidate.set(false);
    }
  }

  private void tryToReturn(int key, Toy toy) {
    try {
      giveBack(key, toy);
      returned.incrementAndGet();
    } catch (RuntimeException expected) {
      notReturned.incrementAndGet();
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

  private void compare() throws InterruptedException {
    if (factory.destroyedTwice()) {
      Figures.tally(pool());
      Thread.sleep(220); // what the library lost by that is known then
    }
    Tally tally = Figures.tally(pool());
    String all = Figures.line(pool());
    long hits = tally.borrows(BorrowOutcome.HIT);
    long misses = tally.borrows(BorrowOutcome.MISS);
    assertThat(hits).as(all).isPositive();
    assertThat(misses).as(all).isPositive();
    assertThat(hits + misses).as("borrowed: %s", all).isEqualTo(borrowed.get());
    assertThat(hits + misses).as("borrowed: %s", all).isEqualTo(pool().getBorrowedCount());
    assertThat(tally.borrows() - hits - misses)
        .as("not borrowed: %s", all)
        .isEqualTo(notBorrowed.get());
    long rejected = tally.returns(ReturnOutcome.REJECTED);
    assertThat(rejected).as("rejected: %s", all).isEqualTo(notReturned.get());
    assertThat(tally.returns() - rejected).as("returned: %s", all).isEqualTo(returned.get());
    assertThat(returned.get()).as("returned: %s", all).isEqualTo(pool().getReturnedCount());
    assertThat(tally.created()).as("made: %s", all).isEqualTo(factory.made.get());
    long stillborn = tally.created() - pool().getCreatedCount();
    assertThat(stillborn).as("stillborn: %s", all).isBetween(0L, tally.removed());
    assertThat(tally.removed() - stillborn)
        .as("destroyed: %s", all)
        .isLessThanOrEqualTo(pool().getDestroyedCount())
        .isLessThanOrEqualTo(factory.destroyed.get());
    assertThat(tally.idle()).as("idle: %s", all).isEqualTo(idleInLibrary());
    assertThat(tally.used()).as("used: %s", all).isEqualTo(activeInLibrary());
    assertThat(tally.pending()).as("pending: %s", all).isZero();
    balanced(tally);
    // All that lives was born before the last collection, as far as births are told.
    boolean told = Figures.bookOf(pool()).system().tellsBirths();
    assertThat(tally.tenuredIdle()).as("tenured idle: %s", all).isEqualTo(told ? tally.idle() : 0);
    assertThat(tally.tenuredUsed()).as("tenured used: %s", all).isEqualTo(told ? tally.used() : 0);
    assertThat(tally.tenuredRemoved()).as("thrown away: %s", all).isLessThan(tally.removed());
  }

  /** Fails at random in each of its calls. */
  static final class Flaky extends ToyFactory {
    private final Queue<PooledObject<Toy>> all = new ConcurrentLinkedQueue<>();
    private final Map<PooledObject<Toy>, Integer> destructions =
        Collections.synchronizedMap(new IdentityHashMap<>());

    /** Only in a borrow: what throws there is destroyed; in a return it would be lost for ever. */
    final ThreadLocal<Boolean> mayThrowInValidate = ThreadLocal.withInitial(() -> false);

    private static boolean bad() {
      return ThreadLocalRandom.current().nextInt(20) == 0;
    }

    @Override
    public PooledObject<Toy> makeObject() throws Exception {
      if (bad()) {
        throw new Exception("make");
      }
      PooledObject<Toy> made = super.makeObject();
      all.add(made);
      return made;
    }

    @Override
    public void activateObject(PooledObject<Toy> toy) throws Exception {
      if (bad()) {
        throw new Exception("activate");
      }
    }

    @Override
    public boolean validateObject(PooledObject<Toy> toy) {
      if (mayThrowInValidate.get() && bad()) {
        throw new IllegalArgumentException("validate");
      }
      return !bad();
    }

    @Override
    public void passivateObject(PooledObject<Toy> toy) throws Exception {
      // Not as it is added: such a one takes its place in the pool for ever.
      if (toy.getState() != PooledObjectState.IDLE && bad()) {
        throw new Exception("passivate");
      }
    }

    @Override
    public void destroyObject(PooledObject<Toy> toy) throws Exception {
      super.destroyObject(toy);
      destructions.merge(toy, 1, Integer::sum);
      if (bad()) {
        throw new Exception("destroy");
      }
    }

    /** Whether the pool destroyed any object twice. */
    boolean destroyedTwice() {
      return destructions.values().stream().anyMatch(times -> times > 1);
    }

    /** What was not destroyed. */
    List<PooledObject<Toy>> left() {
      List<PooledObject<Toy>> left = new ArrayList<>(all);
      left.removeAll(destructions.keySet());
      return left;
    }
  }

  /** On {@link GenericObjectPool}. */
  public static final class Generic extends PoolMix {
    private final GenericObjectPool<Toy> pool = new GenericObjectPool<>(factory);

    /** A pool that keeps fewer idle objects than it may have. */
    public Generic() {
      pool.setMaxIdle(4);
    }

    @Override
    GenericObjectPool<Toy> pool() {
      return pool;
    }

    @Override
    Toy borrow(int key) throws Exception {
      return pool.borrowObject();
    }

    @Override
    void giveBack(int key, Toy toy) {
      pool.returnObject(toy);
    }

    @Override
    void invalidate(int key, Toy toy) throws Exception {
      pool.invalidateObject(toy);
    }

    @Override
    void add(int key) throws Exception {
      pool.addObject();
    }

    @Override
    void clear() {
      pool.clear();
    }

    @Override
    int idleInLibrary() {
      return pool.getNumIdle();
    }

    @Override
    int activeInLibrary() {
      return pool.getNumActive();
    }
  }

  /** On {@link GenericKeyedObjectPool}, where three keys push each other out. */
  public static final class Keyed extends PoolMix {
    private final GenericKeyedObjectPool<String, Toy> pool = new GenericKeyedObjectPool<>(factory);

    /** A pool that keeps fewer idle objects than it may have. */
    public Keyed() {
      pool.setMaxIdlePerKey(2);
      pool.setMaxTotalPerKey(4);
    }

    @Override
    GenericKeyedObjectPool<String, Toy> pool() {
      return pool;
    }

    @Override
    Toy borrow(int key) throws Exception {
      return pool.borrowObject("k" + key);
    }

    @Override
    void giveBack(int key, Toy toy) {
      pool.returnObject("k" + key, toy);
    }

    @Override
    void invalidate(int key, Toy toy) throws Exception {
      pool.invalidateObject("k" + key, toy);
    }

    @Override
    void add(int key) throws Exception {
      pool.addObject("k" + key);
    }

    @Override
    void clear() {
      pool.clear();
    }

    @Override
    int idleInLibrary() {
      return factory.destroyedTwice() ? contents().idle() : pool.getNumIdle();
    }

    @Override
    int activeInLibrary() {
      return factory.destroyedTwice() ? contents().used() : pool.getNumActive();
    }

    private KeyedContents contents() {
      return new KeyedContents(pool, factory.left());
    }
  }
}
