package io.poolwatch.agent.library.threadlocal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolwatch.agent.weave.WovenLoader;
import io.poolwatch.book.BorrowOutcome;
import io.poolwatch.book.Ledger;
import io.poolwatch.book.MissCause;
import io.poolwatch.book.PoolSnapshot;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.ReturnOutcome;
import io.poolwatch.book.Tally;
import io.poolwatch.gc.PromotionKind;
import io.poolwatch.gc.ScriptedCollections;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the agent says of a bundled pool, against the pool's own counts and the test's. */
class ThreadLocalPoolLibraryTest {
  /** What is pooled. */
  static final class Pooled {
    final byte[] content = new byte[256];
  }

  private final WovenLoader loader = woven();
  private final String name = "things-" + UUID.randomUUID();
  private final Ledger ledger =
      new Ledger((system, facts) -> name.equals(facts.givenName()) ? name : null, 10);

  private static WovenLoader woven() {
    return WovenLoader.of(
        new ThreadLocalPoolLibrary(true, true),
        ThreadLocalPool.class.getProtectionDomain().getCodeSource().getLocation());
  }

  private WovenPool.Builder builder() {
    return WovenPool.builder(loader, Pooled::new).name(name);
  }

  @AfterEach
  void noHookFailedAndNothingWasRefused() {
    assertThat(ThreadLocalPoolHooks.SYSTEM.breaker().first()).isNull();
    assertThat(loader.refused()).isEmpty();
  }

  @Test
  void aPoolIsReportedFromItsFirstUseOnUnderItsOwnNameAndWithTheClassOfItsObjects() {
    WovenPool pool = builder().build();
    assertThat(ledger.snapshot()).isEmpty();
    Object first = pool.get();
    pool.put(first);
    assertThat(pool.get()).isSameAs(first);
    PoolSnapshot snapshot = ledger.snapshot().get(0);
    assertThat(snapshot.identity().name()).isEqualTo(name);
    assertThat(snapshot.identity().system()).isEqualTo("thread_local");
    assertThat(snapshot.identity().objectType()).isEqualTo(Pooled.class.getName());
    Tally tally = snapshot.tally();
    assertThat(tally.borrows(BorrowOutcome.MISS)).isEqualTo(1);
    assertThat(tally.borrows(BorrowOutcome.HIT)).isEqualTo(1);
    assertThat(tally.returns(ReturnOutcome.POOLED)).isEqualTo(1);
    assertThat(tally.created()).isEqualTo(1);
    assertThat(tally.used()).isEqualTo(1);
    assertThat(tally.idle()).isZero();
  }

  @Test
  void aPoolThatIsFilledBeforeItIsAskedHasCreatedObjectsWithoutAMiss() {
    WovenPool pool = builder().build();
    pool.put(new Pooled());
    pool.put(new Pooled());
    Tally tally = tally();
    assertThat(tally.created()).isEqualTo(2);
    assertThat(tally.idle()).isEqualTo(2);
    assertThat(tally.borrows()).isZero();
    pool.get();
    assertThat(tally().used()).isEqualTo(1);
    assertThat(tally().created()).isEqualTo(2);
    assertThat(ledger.snapshot().get(0).identity().objectType()).isEqualTo(Pooled.class.getName());
  }

  @Test
  void whileAnExperimentHasItsTurnAGetMakesAndAPutKeepsNothing() {
    AtomicBoolean reset = new AtomicBoolean();
    WovenPool pool = builder().reset(object -> reset.set(true)).build();
    Object pooled = pool.get();
    pool.put(pooled);
    unpooled(true);
    reset.set(false);
    Object made = pool.get();
    assertThat(made).isNotSameAs(pooled);
    pool.put(made);
    assertThat(reset).isTrue();
    assertThat(pool.get()).isNotSameAs(made).isNotSameAs(pooled);
    unpooled(false);
    assertThat(pool.get()).isSameAs(pooled);

    Tally tally = tally();
    assertThat(tally.borrows()).isEqualTo(4).isEqualTo(pool.own("gets"));
    assertThat(tally.borrows(BorrowOutcome.MISS)).isEqualTo(3).isEqualTo(pool.own("misses"));
    assertThat(tally.misses(MissCause.EXPERIMENT)).isEqualTo(2);
    assertThat(tally.returns(ReturnOutcome.DISCARDED)).isEqualTo(pool.own("putsDropped"));
    assertThat(tally.removed(RemovalReason.EXPERIMENT)).isEqualTo(2);
    assertThat(tally.created()).isEqualTo(3);
    assertThat(tally.used()).isEqualTo(1);
  }

  @Test
  void whatIsCountedTwiceToFindOutWhatThatTakesIsInTheCountsOnce() throws Exception {
    WovenPool pool = builder().buildStill();
    pool.put(pool.get());
    ledger.snapshot();
    ledger.visit((identity, book) -> book.unpooled(2));
    for (int i = 0; i < 10; i++) {
      pool.put(pool.get());
    }
    inAnotherThread(() -> pool.put(pool.get()));
    unpooled(false);

    Tally tally = tally();
    assertThat(tally.borrows()).isEqualTo(12).isEqualTo(pool.own("gets"));
    assertThat(tally.misses(MissCause.EXPERIMENT)).isEqualTo(11);
    assertThat(tally.returns(ReturnOutcome.DISCARDED))
        .isEqualTo(11)
        .isEqualTo(pool.own("putsDropped"));
    assertThat(tally.removed(RemovalReason.EXPERIMENT)).isEqualTo(11);
    assertThat(tally.created()).isEqualTo(12);
  }

  @Test
  void countsAgreeOnManyThreadsDuringAnExperiment() throws Exception {
    WovenPool pool = builder().buildStill();
    pool.put(pool.get());
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        running.add(
            threads.submit(
                () -> {
                  for (int round = 0; round < 20_000; round++) {
                    Object one = pool.get();
                    Object other = pool.get();
                    assertThat(one).isNotSameAs(other);
                    pool.put(one);
                    pool.put(other);
                  }
                }));
      }
      boolean now = false;
      for (Future<?> each : running) {
        while (!each.isDone()) {
          now = !now;
          unpooled(now);
          Tally tally = tally();
          assertThat(tally.idle()).isNotNegative();
          assertThat(tally.used()).isNotNegative();
          assertThat(tally.created()).isEqualTo(tally.idle() + tally.used() + tally.removed());
          Thread.sleep(1);
        }
        each.get();
      }
      Tally tally = tally();
      assertThat(tally.borrows()).isEqualTo(2 * 8 * 20_000 + 1).isEqualTo(pool.own("gets"));
      assertThat(tally.borrows(BorrowOutcome.MISS)).isEqualTo(pool.own("misses"));
      assertThat(tally.borrows(BorrowOutcome.HIT)).isEqualTo(pool.own("hits"));
      assertThat(tally.misses(MissCause.EXPERIMENT)).isPositive();
      assertThat(tally.returns(ReturnOutcome.POOLED)).isEqualTo(pool.own("putsKept"));
      assertThat(tally.returns(ReturnOutcome.DISCARDED)).isEqualTo(pool.own("putsDropped"));
      assertThat(tally.removed(RemovalReason.LEAKED)).isZero();
    } finally {
      threads.shutdown();
    }
  }

  private void unpooled(boolean now) {
    ledger.snapshot();
    ledger.visit((identity, book) -> book.unpooled(now ? 1 : 0));
  }

  @Test
  void withoutAnExperimentNothingOfItIsWoven() throws Exception {
    WovenLoader bare =
        WovenLoader.of(
            new ThreadLocalPoolLibrary(false, false),
            ThreadLocalPool.class.getProtectionDomain().getCodeSource().getLocation());
    bare.loadClass(ThreadLocalPool.class.getName());
    assertThat(new String(bare.fileOf(ThreadLocalPool.class.getName()), ISO_8859_1))
        .doesNotContain("UnpooledHooks");
  }

  @Test
  void whatDoesNotFitIsRemovedForCapacity() {
    WovenPool pool = builder().maxShared(3).build();
    take(pool, 10).forEach(pool::put);
    Tally tally = tally();
    assertThat(tally.idle()).isEqualTo(4);
    assertThat(tally.removed(RemovalReason.CAPACITY)).isEqualTo(6);
    assertThat(tally.returns(ReturnOutcome.DISCARDED)).isEqualTo(6);
    assertThat(tally.used()).isZero();
  }

  @Test
  void whatTwoCollectionsPassedOverIsCleared() {
    WovenPool pool = builder().buildStill();
    take(pool, 5).forEach(pool::put);
    pool.collection();
    assertThat(tally().idle()).isEqualTo(5);
    pool.collection();
    Tally tally = tally();
    assertThat(tally.idle()).isZero();
    assertThat(tally.removed(RemovalReason.CLEARED)).isEqualTo(5);
    assertThat(tally.created()).isEqualTo(5);
  }

  @Test
  void whatAnEndedThreadKeptIsGoneWithItsOwner() throws Exception {
    WovenPool pool = builder().buildStill();
    inAnotherThread(() -> take(pool, 4).forEach(pool::put));
    assertThat(tally().idle()).isEqualTo(4);
    pool.collection();
    Tally tally = tally();
    assertThat(tally.removed(RemovalReason.OWNER_GONE)).isEqualTo(4);
    assertThat(tally.idle()).isZero();
    assertThat(tally.borrows(BorrowOutcome.MISS)).isEqualTo(4);
  }

  @Test
  void aFactoryThatFailsIsAnErrorAndMakesNothing() {
    AtomicBoolean broken = new AtomicBoolean();
    WovenPool pool =
        WovenPool.builder(
                loader,
                () -> {
                  if (broken.get()) {
                    throw new IllegalArgumentException("planted");
                  }
                  return new Pooled();
                })
            .name(name)
            .build();
    pool.get();
    broken.set(true);
    assertThatThrownBy(pool::get)
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("planted");
    assertThat(tally().borrows(BorrowOutcome.ERROR)).isEqualTo(1);
    assertThat(tally().created()).isEqualTo(1);
  }

  @Test
  void debugModesAndFailedResetsHaveTheirReasons() {
    WovenPool dropping = builder().dropPuts(1).build();
    dropping.put(dropping.get());
    assertThat(tally().removed(RemovalReason.NOT_ADMITTED)).isEqualTo(1);

    WovenPool twice = builder().detectDoublePut().build();
    Object one = twice.get();
    twice.put(one);
    assertThatThrownBy(() -> twice.put(one)).isInstanceOf(IllegalStateException.class);
    assertThat(tally().returns(ReturnOutcome.REJECTED)).isEqualTo(1);

    WovenPool broken =
        builder()
            .reset(
                object -> {
                  throw new IllegalArgumentException("planted");
                })
            .build();
    Object lost = broken.get();
    assertThatThrownBy(() -> broken.put(lost)).hasMessage("planted");
    assertThat(tally().removed(RemovalReason.ERROR)).isEqualTo(1);
    assertThat(tally().returns(ReturnOutcome.DISCARDED)).isEqualTo(2);
    Reference.reachabilityFence(dropping);
  }

  @Test
  void whatIsCollectedWhileLentWasLeakedAndWhatThePoolDroppedWasNot() throws Exception {
    WovenPool pool = builder().maxShared(2).buildStill();
    takeAndForget(pool, 7);
    until(() -> tally().removed(RemovalReason.LEAKED) == 7);
    assertThat(tally().used()).isZero();

    putTooMany(pool, 10);
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(20);
      assertThat(tally().removed(RemovalReason.LEAKED)).isEqualTo(7);
    }
    Tally tally = tally();
    assertThat(tally.removed(RemovalReason.CAPACITY)).isEqualTo(7);
    assertThat(tally.idle()).isEqualTo(3);
    assertThat(tally.created()).isEqualTo(17);
    Reference.reachabilityFence(pool);
  }

  @Test
  void theBookOfADeadPoolLeavesItsCountsAndKeepsNothingAlive() throws Exception {
    List<WeakReference<?>> watched = new ArrayList<>();
    Object lent = useAndDrop(watched);
    until(() -> ledger.snapshot().get(0).pools() == 0);
    assertThat(watched).allSatisfy(one -> assertThat(one.get()).isNull());
    Tally tally = tally();
    assertThat(tally.borrows(BorrowOutcome.MISS)).isEqualTo(6);
    assertThat(tally.borrows(BorrowOutcome.HIT)).isEqualTo(1);
    assertThat(tally.idle() + tally.used()).isZero();
    assertThat(tally.removed(RemovalReason.POOL_GONE)).isEqualTo(6);
    assertThat(tally.removed(RemovalReason.LEAKED)).isZero();
    assertThat(tally.created()).isEqualTo(6);
    Reference.reachabilityFence(lent);
  }

  /** One object stays lent, five lie in the pool. */
  private Object useAndDrop(List<WeakReference<?>> watched) {
    WovenPool pool = builder().buildStill();
    List<Object> mine = take(pool, 6);
    mine.forEach(object -> watched.add(new WeakReference<>(object)));
    mine.forEach(pool::put);
    Object lent = pool.get();
    watched.removeIf(one -> one.get() == lent);
    return lent;
  }

  @Test
  void anApplicationThatIsGoneIsUnloadedThoughItsCountsStay() throws Exception {
    WeakReference<ClassLoader> application = deploy(name);
    // The JVM clears references before it puts them into their queues.
    until(() -> ledger.snapshot().get(0).pools() == 0 && application.get() == null);
    assertThat(tally().borrows(BorrowOutcome.MISS)).isEqualTo(1);
  }

  private static WeakReference<ClassLoader> deploy(String name) {
    WovenLoader application = woven();
    WovenPool pool = WovenPool.builder(application, Object::new).name(name).build();
    pool.put(pool.get());
    return new WeakReference<>(application);
  }

  @Test
  void manyThreadsWithCollectionsAreCountedToTheUnitAndEverySnapshotAddsUp() throws Exception {
    WovenPool pool = builder().maxShared(4).build();
    LongAdder gets = new LongAdder();
    LongAdder puts = new LongAdder();
    AtomicBoolean ended = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(9);
    try (ScriptedCollections collections = new ScriptedCollections()) {
      Future<?> reader =
          threads.submit(
              () -> {
                Tally before = new Tally();
                while (!ended.get()) {
                  for (PoolSnapshot snapshot : ledger.snapshot()) {
                    addsUpAndOnlyGrows(before, snapshot.tally());
                    before = snapshot.tally();
                  }
                }
              });
      List<Future<?>> work = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        work.add(threads.submit(() -> work(pool, gets, puts)));
      }
      for (int i = 0; i < 5; i++) {
        System.gc();
        collections.promoteAll(PromotionKind.FULL);
        Thread.sleep(100);
      }
      for (Future<?> one : work) {
        one.get();
      }
      until(() -> tally().removed(RemovalReason.CLEARED) > 0);
      ended.set(true);
      reader.get();
    } finally {
      threads.shutdownNow();
    }

    Tally tally = tally();
    assertThat(tally.borrows()).isEqualTo(gets.sum()).isEqualTo(pool.own("gets"));
    assertThat(tally.borrows(BorrowOutcome.HIT)).isEqualTo(pool.own("hits"));
    assertThat(tally.borrows(BorrowOutcome.MISS)).isEqualTo(pool.own("misses"));
    assertThat(tally.returns()).isEqualTo(puts.sum());
    assertThat(tally.returns(ReturnOutcome.POOLED)).isEqualTo(pool.own("putsKept"));
    assertThat(tally().idle()).isEqualTo(pool.own("idle"));
    assertThat(tally.created()).isEqualTo(pool.own("misses"));
    assertThat(tally.used()).isZero();
    assertThat(tally.removed(RemovalReason.LEAKED)).isZero();
  }

  private static void work(WovenPool pool, LongAdder gets, LongAdder puts) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    List<Object> mine = new ArrayList<>();
    for (int i = 0; i < 300_000; i++) {
      if (mine.isEmpty() || (mine.size() < 8 && random.nextBoolean())) {
        mine.add(pool.get());
        gets.increment();
      } else {
        pool.put(mine.remove(mine.size() - 1));
        puts.increment();
      }
    }
    for (Object object : mine) {
      pool.put(object);
      puts.increment();
    }
  }

  private static void addsUpAndOnlyGrows(Tally before, Tally now) {
    long misses = 0;
    for (MissCause cause : MissCause.values()) {
      misses += now.misses(cause);
    }
    assertThat(now.borrows(BorrowOutcome.MISS)).isEqualTo(misses);
    assertThat(now.idle()).isNotNegative();
    assertThat(now.used()).isNotNegative();
    assertThat(now.created()).isEqualTo(now.idle() + now.used() + now.removed());
    assertThat(now.promotions())
        .isEqualTo(now.tenuredIdle() + now.tenuredUsed() + now.tenuredRemoved());
    assertThat(now.promotions()).isBetween(before.promotions(), now.created());
    assertThat(now.tenuredRemoved()).isGreaterThanOrEqualTo(before.tenuredRemoved());
    assertThat(now.created()).as("none is from elsewhere").isEqualTo(misses);
    for (BorrowOutcome outcome : BorrowOutcome.values()) {
      assertThat(now.borrows(outcome)).isGreaterThanOrEqualTo(before.borrows(outcome));
    }
    for (ReturnOutcome outcome : ReturnOutcome.values()) {
      assertThat(now.returns(outcome)).isGreaterThanOrEqualTo(before.returns(outcome));
    }
    for (RemovalReason reason : RemovalReason.values()) {
      assertThat(now.removed(reason)).isGreaterThanOrEqualTo(before.removed(reason));
    }
  }

  @Test
  void aPoolThatDoesNotAnnounceItselfIsRefusedByName() throws Exception {
    WovenLoader unknown =
        woven()
            .mutilate(
                "io.poolwatch.pool.ThreadLocalPool",
                bytes -> renamed(bytes, "announced", "somethingElse"));
    WovenPool pool = WovenPool.builder(unknown, Pooled::new).name(name).build();
    Object one = pool.get();
    pool.put(one);
    assertThat(pool.get()).isSameAs(one);
    assertThat(unknown.woven()).isEmpty();
    assertThat(unknown.refused())
        .singleElement()
        .asString()
        .contains("io/poolwatch/pool/ThreadLocalPool", "no method announced");
    assertThat(ledger.snapshot()).isEmpty();
  }

  private static byte[] renamed(byte[] classFile, String method, String to) {
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(classFile)
        .accept(
            new ClassRemapper(
                writer,
                new Remapper() {
                  @Override
                  public String mapMethodName(String owner, String name, String descriptor) {
                    return name.equals(method) ? to : name;
                  }
                }),
            0);
    return writer.toByteArray();
  }

  private Tally tally() {
    return ledger.snapshot().get(0).tally();
  }

  private static List<Object> take(WovenPool pool, int number) {
    List<Object> taken = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      taken.add(pool.get());
    }
    return taken;
  }

  private static void takeAndForget(WovenPool pool, int number) {
    take(pool, number);
  }

  private static void putTooMany(WovenPool pool, int number) {
    take(pool, number).forEach(pool::put);
  }

  private static void inAnotherThread(Runnable action) throws InterruptedException {
    Thread thread = new Thread(action);
    thread.start();
    thread.join();
  }

  private static void until(BooleanSupplier reached) throws InterruptedException {
    for (int i = 0; i < 200 && !reached.getAsBoolean(); i++) {
      System.gc();
      Thread.sleep(20);
    }
    assertThat(reached.getAsBoolean()).isTrue();
  }
}
