package io.poolwatch.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever a pool made is lent, lies in it, or was told of as parted with: nothing is in two. */
class PartingTest {
  private final GcEpoch epoch = new GcEpoch();
  private final Set<Object> made = identities();
  private final Set<Object> parted = identities();
  private final ThreadLocalPool<Object> pool = builder().build(epoch);

  PartingTest() {
    pool.holdings.parting.observer.set(parted::add);
  }

  private static Set<Object> identities() {
    return Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private ThreadLocalPool.Builder<Object> builder() {
    return ThreadLocalPool.<Object>builder(
            () -> {
              Object object = new Object();
              made.add(object);
              return object;
            })
        .maxShared(4);
  }

  @AfterEach
  void keepPool() {
    assertThat(pool.name()).isNotNull();
  }

  private void collection() {
    epoch.clock.incrementAndGet();
    epoch.sweepAll();
  }

  private Set<Object> idle() {
    Set<Object> idle = identities();
    pool.holdings.accept(idle::add);
    return idle;
  }

  private void checkAll(List<Object> lent) {
    Set<Object> all = identities();
    Set<Object> idle = idle();
    assertThat(idle).hasSize(pool.countIdle());
    all.addAll(idle);
    all.addAll(parted);
    all.addAll(lent);
    assertThat(all).hasSize(idle.size() + parted.size() + lent.size());
    assertThat(all).hasSameSizeAs(made);
  }

  @Test
  void eachObjectIsLentIdleOrPartedWith() {
    Random random = new Random(1);
    List<Object> lent = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      if (lent.size() < 12 && random.nextBoolean()) {
        lent.add(pool.get());
      } else if (!lent.isEmpty()) {
        pool.put(lent.remove(random.nextInt(lent.size())));
      }
      int chance = random.nextInt(40);
      if (chance == 0) {
        collection();
      } else if (chance == 1) {
        // The owner's own first step is the one that lets go.
        epoch.clock.addAndGet(1 + random.nextInt(3));
      }
      checkAll(lent);
    }
    assertThat(parted).hasSizeGreaterThan(100);
  }

  @Test
  void whatAThreadLeavesIsPartedWithWhenItHasEnded() throws Exception {
    Thread thread =
        new Thread(
            () -> {
              List<Object> some = List.of(pool.get(), pool.get(), pool.get());
              some.forEach(pool::put);
            });
    thread.start();
    thread.join();
    checkAll(List.of());
    assertThat(parted).isEmpty();
    collection();
    checkAll(List.of());
    assertThat(parted).hasSize(3);
  }

  @Test
  void whatResetAndDebugModesRefuseIsPartedWith() {
    List<Object> told = new ArrayList<>();
    ThreadLocalPool<Object> refusing =
        ThreadLocalPool.<Object>builder(Object::new).dropPuts(1).build(epoch);
    refusing.holdings.parting.observer.set(told::add);
    Object dropped = refusing.get();
    refusing.put(dropped);
    assertThat(told).containsExactly(dropped);

    ThreadLocalPool<Object> broken =
        ThreadLocalPool.<Object>builder(Object::new)
            .reset(
                object -> {
                  throw new IllegalStateException("planted");
                })
            .build(epoch);
    broken.holdings.parting.observer.set(told::add);
    Object failed = broken.get();
    assertThat(catchThrown(() -> broken.put(failed))).hasMessage("planted");
    assertThat(told).containsExactly(dropped, failed);
  }

  private static Throwable catchThrown(Runnable action) {
    return org.assertj.core.api.Assertions.catchThrowable(action::run);
  }

  @Test
  void manyThreadsLoseNoObjectBetweenThePlaces() throws Exception {
    AtomicBoolean going = new AtomicBoolean(true);
    List<Thread> threads = new ArrayList<>();
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    Consumer<Object> nobody = object -> {};
    for (int i = 0; i < 4; i++) {
      int seed = i;
      threads.add(
          new Thread(
              () -> {
                try {
                  use(new Random(seed), 60_000);
                } catch (Throwable failed) {
                  failures.add(failed);
                }
              }));
    }
    threads.forEach(Thread::start);
    Thread sweeper =
        new Thread(
            () -> {
              while (going.get()) {
                collection();
                pool.holdings.accept(nobody);
              }
            });
    sweeper.start();
    for (Thread thread : threads) {
      thread.join();
    }
    going.set(false);
    sweeper.join();
    assertThat(failures).isEmpty();
    collection();
    Set<Object> all = identities();
    all.addAll(idle());
    all.addAll(parted);
    assertThat(all).hasSameSizeAs(made);
    assertThat(parted).hasSizeGreaterThan(100);
  }

  private void use(Random random, int steps) {
    List<Object> lent = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      if (lent.size() < 8 && random.nextBoolean()) {
        lent.add(pool.get());
      } else if (!lent.isEmpty()) {
        pool.put(lent.remove(lent.size() - 1));
      }
    }
    lent.forEach(pool::put);
  }
}
