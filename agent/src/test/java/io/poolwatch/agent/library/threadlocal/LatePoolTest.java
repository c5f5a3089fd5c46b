package io.poolwatch.agent.library.threadlocal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolwatch.agent.weave.LateLibrary;
import io.poolwatch.agent.weave.WovenLoader;
import io.poolwatch.book.BorrowOutcome;
import io.poolwatch.book.Ledger;
import io.poolwatch.book.MissCause;
import io.poolwatch.book.PoolSnapshot;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.ReturnOutcome;
import io.poolwatch.book.Tally;
import io.poolwatch.book.ViolationKind;
import io.poolwatch.pool.ThreadLocalPool;
import io.poolwatch.woven.threadlocal.ThreadLocalPoolHooks;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A bundled pool that is woven in the way of a loaded one, against its own counts. */
class LatePoolTest {
  private final String name = UUID.randomUUID().toString();
  private final Ledger ledger =
      new Ledger((system, facts) -> name.equals(facts.givenName()) ? name : null, 10);
  private final WovenLoader loader = woven();

  private static WovenLoader woven() {
    return WovenLoader.of(
        new LateLibrary(new ThreadLocalPoolLibrary(true, true)),
        ThreadLocalPool.class.getProtectionDomain().getCodeSource().getLocation());
  }

  private WovenPool.Builder builder() {
    return WovenPool.builder(loader, Object::new).name(name);
  }

  private PoolSnapshot snapshot() {
    return ledger.snapshot().get(0);
  }

  @AfterEach
  void noHookFailed() {
    assertThat(ThreadLocalPoolHooks.SYSTEM.breaker().first()).isNull();
  }

  @Test
  void manyThreadsAreCountedAsThePoolCountsFromTheMomentItWasFound() throws Exception {
    WovenPool pool = builder().maxShared(4).build();
    Object first = pool.get(); // finds it, and is not counted any more
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> work = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        work.add(threads.submit(() -> work(pool)));
      }
      long hits = 0;
      for (Future<?> each : work) {
        while (!each.isDone()) {
          Tally now = snapshot().tally();
          assertThat(now.borrows(BorrowOutcome.HIT)).isGreaterThanOrEqualTo(hits);
          assertThat(now.idle()).isNotNegative();
          hits = now.borrows(BorrowOutcome.HIT);
        }
        each.get();
      }
      Tally tally = snapshot().tally();
      assertThat(tally.borrows()).isEqualTo(pool.own("gets") - 1).isPositive();
      assertThat(tally.borrows(BorrowOutcome.HIT)).isEqualTo(pool.own("hits")).isPositive();
      assertThat(tally.borrows(BorrowOutcome.MISS)).isEqualTo(pool.own("misses") - 1);
      assertThat(tally.created()).isEqualTo(pool.own("misses") - 1);
      assertThat(tally.returns(ReturnOutcome.POOLED)).isEqualTo(pool.own("putsKept"));
      assertThat(tally.returns(ReturnOutcome.DISCARDED)).isEqualTo(pool.own("putsDropped"));
      assertThat(tally.idle()).isEqualTo(pool.own("idle"));
      assertThat(tally.removed(RemovalReason.CAPACITY)).isPositive();
      assertThat(tally.knowsIdle()).isTrue();
      assertThat(tally.knowsUsed()).isFalse();
      assertThat(snapshot().worth().idleBytes()).isNegative();
    } finally {
      threads.shutdownNow();
    }
    Reference.reachabilityFence(first);
  }

  private static void work(WovenPool pool) {
    List<Object> mine = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      if (mine.isEmpty() || mine.size() < 8 && ThreadLocalRandom.current().nextBoolean()) {
        mine.add(pool.get());
      } else {
        pool.put(mine.remove(mine.size() - 1));
      }
    }
    mine.forEach(pool::put);
  }

  @Test
  void whatTheCollectorTakesIsClearedAndWhatMissesForThatToo() {
    WovenPool pool = builder().buildStill();
    pool.put(pool.get());
    pool.collection();
    pool.collection();
    pool.get();
    Tally tally = snapshot().tally();
    assertThat(tally.removed(RemovalReason.CLEARED)).isOne();
    assertThat(tally.idle()).isZero();
    assertThat(tally.misses(MissCause.OTHER) + tally.misses(MissCause.CLEARED)).isOne();
  }

  @Test
  void secondPutIsTheViolationThatThePoolItselfNotices() {
    WovenPool pool = builder().detectDoublePut().build();
    Object one = pool.get();
    pool.put(one);
    assertThatThrownBy(() -> pool.put(one)).isInstanceOf(IllegalStateException.class);
    Tally tally = snapshot().tally();
    assertThat(tally.returns(ReturnOutcome.REJECTED)).isOne();
    assertThat(tally.violations(ViolationKind.DOUBLE_RETURN)).isOne();
  }

  @Test
  void bookOfADeadPoolKeepsItsCountsAndNothingOfTheService() throws Exception {
    List<WeakReference<Object>> watched = new ArrayList<>();
    useAndDrop(name, watched);
    for (int i = 0; i < 200 && (snapshot().pools() > 0 || watched.get(1).get() != null); i++) {
      System.gc();
      Thread.sleep(20);
    }
    assertThat(watched).hasSize(2).allSatisfy(each -> assertThat(each.get()).isNull());
    Tally tally = snapshot().tally();
    assertThat(tally.returns()).isEqualTo(2);
    assertThat(tally.created()).isOne();
    assertThat(tally.idle()).isZero();
    assertThat(tally.removed(RemovalReason.POOL_GONE)).isEqualTo(2);
  }

  private static void useAndDrop(String name, List<WeakReference<Object>> watched) {
    WovenLoader application = woven();
    WovenPool pool = WovenPool.builder(application, Object::new).name(name).buildStill();
    Object one = pool.get();
    Object other = pool.get();
    pool.put(one);
    pool.put(other);
    watched.add(new WeakReference<>(one));
    watched.add(new WeakReference<>(application));
  }

  @Test
  void aPoolWhoseCountsLieElsewhereIsRefusedByName() {
    WovenLoader unknown =
        woven().mutilate("io.poolwatch.pool.CountBlocks", bytes -> renamed(bytes, "root", "base"));
    assertThat(loads(unknown, "io.poolwatch.pool.ThreadLocalPool")).isTrue();
    assertThat(unknown.woven()).isEmpty();
    assertThat(unknown.refused())
        .singleElement()
        .asString()
        .contains("io.poolwatch.pool.CountBlocks", "no field root");
  }

  private static boolean loads(ClassLoader loader, String type) {
    try {
      return loader.loadClass(type) != null;
    } catch (ClassNotFoundException missing) {
      return false;
    }
  }

  private static byte[] renamed(byte[] classFile, String field, String to) {
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(classFile)
        .accept(
            new ClassRemapper(
                writer,
                new Remapper() {
                  @Override
                  public String mapFieldName(String owner, String name, String descriptor) {
                    return name.equals(field) ? to : name;
                  }
                }),
            0);
    return writer.toByteArray();
  }
}
