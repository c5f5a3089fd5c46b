package io.poolwatch.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.book.Breaker;
import io.poolwatch.book.DurationSamples;
import io.poolwatch.book.Life;
import io.poolwatch.book.ObjectBook;
import io.poolwatch.book.PoolFacts;
import io.poolwatch.book.PoolSystem;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.Tally;
import io.poolwatch.book.ViolationKind;
import io.poolwatch.guard.pool2.Orders;
import io.poolwatch.violation.Violations;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What pools say of their objects, and what the guard makes of it. */
class WardsTest {
  private final PoolSystem system =
      PoolSystem.named("test").violations(EnumSet.allOf(ViolationKind.class)).build();

  private final ObjectBook book = new ObjectBook(system, new PoolFacts("Pool"));

  @BeforeEach
  void guardFew() {
    settle();
    Wards.guard(10_000);
  }

  @AfterEach
  void stop() {
    Wards.guard(0);
  }

  /** Forgets what earlier tests left. */
  private static void settle() {
    for (int i = 0; i < 100 && Wards.count() > 0; i++) {
      System.gc();
      Wards.forgetCollected();
      Thread.yield();
    }
  }

  /** As the guard weaves it. */
  private interface Woven {
    void use();

    default void useTwice() {
      Guard.use(this);
      use();
      use();
    }

    /** A question. */
    default boolean isOpen() {
      use();
      return true;
    }
  }

  /** Of another library. */
  private interface Foreign {
    void use();

    default void useOnce() {
      use();
    }
  }

  private static final class Part implements Orders.Part, Woven, Foreign {
    final Life life = new Life();
    long work;

    @Override
    public void use() {
      Guard.use(this);
      work++;
    }

    void work() {
      use();
    }
  }

  private Part made() {
    Part part = new Part();
    book.created(part.life, null);
    Wards.made(book, part.life, part);
    return part;
  }

  private void borrow(Part part) {
    Wards.taken(part.life);
    book.lent(part.life, false);
    Wards.lent(part.life);
  }

  private void giveBack(Part part) {
    Wards.returning(part.life);
    book.returned(part.life);
    Wards.idle(part.life);
  }

  private void destroy(Part part) {
    book.removed(part.life, RemovalReason.INVALIDATED);
    Wards.destroying(part.life);
    Wards.gone(part.life);
  }

  private long count(ViolationKind kind) {
    return count(book, kind);
  }

  private static long count(ObjectBook book, ViolationKind kind) {
    Tally tally = new Tally();
    book.tally(tally);
    return tally.violations(kind);
  }

  private void assertClean() {
    assertThat(count(ViolationKind.USE_AFTER_RETURN)).isZero();
    assertThat(count(ViolationKind.USE_AFTER_DESTROY)).isZero();
  }

  @Test
  void everyUseOfAnIdleObjectCounts() {
    Part part = made();
    part.use();
    borrow(part);
    part.use();
    giveBack(part);
    part.use();
    part.use();
    borrow(part);
    part.use();

    assertThat(count(ViolationKind.USE_AFTER_RETURN)).isEqualTo(2);
    assertThat(count(ViolationKind.USE_AFTER_DESTROY)).isZero();
  }

  @Test
  void everyUseOfADestroyedObjectCounts() {
    Part part = made();
    borrow(part);
    destroy(part);
    part.use();

    assertThat(count(ViolationKind.USE_AFTER_DESTROY)).isEqualTo(1);
  }

  @Test
  void whatThePoolDoesItselfIsNoUse() {
    Part part = made();
    borrow(part);
    Wards.returning(part.life);
    book.returned(part.life);
    part.use();
    Wards.idle(part.life);
    Wards.handling(part.life);
    part.use();
    Wards.handled(part.life);
    Wards.taken(part.life);
    part.use();
    book.lent(part.life, false);
    book.removed(part.life, RemovalReason.INVALIDATED);
    Wards.destroying(part.life);
    part.use();
    Wards.gone(part.life);

    assertClean();
  }

  @Test
  void whatABorrowDoesIsNoUseThoughASignOfLifeWasAskedForMeanwhile() {
    Part part = made();
    borrow(part);
    giveBack(part);
    Wards.taken(part.life);
    Wards.ask(part.life, System.nanoTime());
    part.use(); // activateObject
    book.lent(part.life, false);
    Wards.lent(part.life);
    part.use();

    assertClean();
  }

  @Test
  void destructionWhileAnotherPathIsAtWorkIsNoUseUntilThatEnds() {
    Part part = made();
    borrow(part);
    giveBack(part);
    Wards.handling(part.life); // the evictor
    destroy(part); // clear
    part.use();
    assertClean();
    Wards.handled(part.life);
    part.use();

    assertThat(count(ViolationKind.USE_AFTER_DESTROY)).isEqualTo(1);
  }

  @Test
  void objectThatIsMadeAgainIsFree() {
    Part part = made();
    borrow(part);
    destroy(part);
    Life second = part.life.renewed();
    book.created(second, null);
    Wards.made(book, second, part);
    part.use();
    Wards.taken(second);
    book.lent(second, false);
    Wards.lent(second);
    part.use();
    assertClean();

    book.returned(second);
    Wards.idle(second);
    part.use();
    assertThat(count(ViolationKind.USE_AFTER_RETURN)).isEqualTo(1);
  }

  @Test
  void useByCodeWhosePackageIsNamedLikeThePoolsCounts() {
    Part part = made();
    borrow(part);
    giveBack(part);
    Orders.place(part);

    assertThat(count(ViolationKind.USE_AFTER_RETURN)).isEqualTo(1);
  }

  @Test
  void useThroughADefaultMethodCountsOnce() {
    GuardedClass.weaveInterface(Woven.class);
    Part part = made();
    borrow(part);
    giveBack(part);
    part.useTwice();
    assertThat(count(ViolationKind.USE_AFTER_RETURN)).isEqualTo(1);
    part.isOpen();
    assertThat(count(ViolationKind.USE_AFTER_RETURN)).as("a question").isEqualTo(1);
    part.useOnce();

    assertThat(count(ViolationKind.USE_AFTER_RETURN)).isEqualTo(2);
  }

  /** A pool whose factory borrows from another one, and gives back what it is to destroy. */
  private final class InnerPool {
    final ObjectBook inner = new ObjectBook(system, new PoolFacts("InnerPool"));
    final Part part = made();
    Life life;

    InnerPool() {
      make();
    }

    void make() {
      borrow(part);
      life = new Life();
      inner.created(life, null);
      Wards.made(inner, life, part);
      Wards.taken(life);
      inner.lent(life, true);
      Wards.lent(life);
      inner.returned(life);
      Wards.idle(life);
    }

    void beginToDestroy() {
      inner.removed(life, RemovalReason.CLEARED);
      Wards.destroying(life);
      giveBack(part);
    }

    void assertClean() {
      assertThat(count(inner, ViolationKind.USE_AFTER_RETURN)).isZero();
      assertThat(count(inner, ViolationKind.USE_AFTER_DESTROY)).isZero();
    }
  }

  @Test
  void objectThatAPoolHasFromAnotherIsThatOnesAgainOnceTheFirstDestroyedIt() {
    InnerPool pool = new InnerPool();
    pool.part.use();
    assertThat(count(pool.inner, ViolationKind.USE_AFTER_RETURN)).isEqualTo(1);

    InnerPool other = new InnerPool();
    other.beginToDestroy();
    Wards.gone(other.life);
    borrow(other.part);
    Wards.ask(other.part.life, System.nanoTime());
    other.part.use();
    assertClean();
    giveBack(other.part);
    other.part.use();

    other.assertClean();
    assertThat(count(ViolationKind.USE_AFTER_RETURN)).isEqualTo(1);
    assertThat(count(ViolationKind.USE_AFTER_DESTROY)).isZero();
  }

  @Test
  void objectThatGoesToAnotherPoolAndBackAgainAndAgainIsAlwaysAtHome() {
    InnerPool pool = new InnerPool();
    for (int i = 1; i <= 10; i++) {
      pool.beginToDestroy();
      Wards.gone(pool.life);
      pool.part.use();
      assertThat(count(ViolationKind.USE_AFTER_RETURN)).isEqualTo(i);
      pool.make();
      pool.part.use();
      assertThat(count(pool.inner, ViolationKind.USE_AFTER_RETURN)).isEqualTo(i);
    }
    assertThat(count(ViolationKind.USE_AFTER_DESTROY)).isZero();
    assertThat(count(pool.inner, ViolationKind.USE_AFTER_DESTROY)).isZero();
  }

  @Test
  void objectThatIsLentBeforeTheFactoryHasFinishedWithItIsFree() {
    InnerPool pool = new InnerPool();
    pool.beginToDestroy();
    borrow(pool.part);
    Wards.gone(pool.life);
    pool.part.use();

    pool.assertClean();
    assertClean();
  }

  @Test
  void signOfLifeIsNotAskedOfAnObjectThatIsAnotherPoolsNow() {
    InnerPool pool = new InnerPool();
    Wards.taken(pool.life);
    pool.inner.lent(pool.life, false);
    Wards.lent(pool.life);
    Wards.ask(pool.part.life, 1_000);

    assertThat(Wards.unusedFor(pool.part.life, 2_000)).isNegative();
  }

  @Test
  void poolsThatPartWithAnObjectUntoldDoNotPileUp() {
    Part part = made();
    borrow(part);
    for (int i = 0; i < 100; i++) {
      LooseObjects.made(new ObjectBook(system, new PoolFacts("Loose")), part);
      Life again = new Life();
      ObjectBook inner = new ObjectBook(system, new PoolFacts("InnerPool"));
      inner.created(again, null);
      Wards.made(inner, again, part);
      inner.removed(again, RemovalReason.CLEARED);
    }
    int homes = 0;
    for (Ward.Home home = Wards.homeOf(part); home != null; home = home.outer) {
      homes++;
    }
    assertThat(homes).isEqualTo(2);
  }

  @Test
  void callOfItsOwnIsNoUse() {
    Part part = made();
    borrow(part);
    giveBack(part);
    part.work();

    assertClean();
  }

  @Test
  void objectsOfTheJdkAreNotKnown() {
    int before = Wards.count();
    Life life = new Life();
    book.created(life, null);
    Wards.made(book, life, new StringBuilder());

    assertThat(Wards.count()).isEqualTo(before);
    assertThat(life.companion()).isNull();
  }

  @Test
  void lentObjectIsNeverReportedOnManyThreads() throws Exception {
    int threads = 8;
    BlockingQueue<Part> idle = new ArrayBlockingQueue<>(threads);
    for (int i = 0; i < threads - 2; i++) {
      Part part = made();
      borrow(part);
      giveBack(part);
      idle.add(part);
    }
    ExecutorService clients = Executors.newFixedThreadPool(threads);
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      boolean evictor = i == 0;
      running.add(
          clients.submit(
              () -> {
                for (int round = 0; round < 200_000; round++) {
                  Part part = idle.take();
                  if (evictor) {
                    Wards.handling(part.life);
                    part.use();
                    Wards.handled(part.life);
                  } else {
                    borrow(part);
                    part.use();
                    giveBack(part);
                  }
                  idle.put(part);
                }
                return null;
              }));
    }
    for (Future<?> each : running) {
      each.get();
    }
    clients.shutdown();

    assertClean();
  }

  @Test
  void everyUseOfAnIdleObjectCountsOnManyThreads() throws Exception {
    int threads = 8;
    int rounds = 2_000;
    ExecutorService clients = Executors.newFixedThreadPool(threads);
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      running.add(
          clients.submit(
              () -> {
                Part part = made();
                for (int round = 0; round < rounds; round++) {
                  borrow(part);
                  part.use();
                  giveBack(part);
                  part.use();
                }
              }));
    }
    for (Future<?> each : running) {
      each.get();
    }
    clients.shutdown();

    assertThat(count(ViolationKind.USE_AFTER_RETURN)).isEqualTo((long) threads * rounds);
  }

  @Test
  void millionObjectsTakeBoundedRoomAndAreFreeToDie() {
    List<Life> lives = new ArrayList<>();
    WeakReference<Part> one = fill(lives);
    assertThat(Wards.count()).isEqualTo(10_000);
    for (int i = 0; i < 100 && (one.get() != null || Wards.count() > 0); i++) {
      System.gc();
      Wards.forgetCollected();
    }

    assertThat(one.get()).isNull();
    assertThat(Wards.count()).isZero();
    assertThat(lives).hasSize(1_000_000);
    assertThat(Places.taken()).isZero();
  }

  @Test
  void objectThatItsFactoryGivesTwiceIsSaidToBeThereAndGuardedNoMore() {
    Part part = made();
    borrow(part);
    Life second = new Life();
    book.created(second, null);

    assertThat(Wards.made(book, second, part)).isSameAs(part.life);
    giveBack(part);
    part.use();
    assertClean();
  }

  @Test
  void objectThatIsMadeAgainAfterItsEndIsNotSaidToBeThere() {
    Part part = made();
    borrow(part);
    book.removed(part.life, RemovalReason.INVALIDATED);
    Life second = new Life();
    book.created(second, null);

    assertThat(Wards.made(book, second, part)).isNull();
  }

  @Test
  void lentObjectLeavesASignOfLifeWhenItIsAskedFor() {
    Part part = made();
    borrow(part);
    part.use();
    assertThat(Wards.unusedFor(part.life, System.nanoTime())).isNegative();

    Wards.ask(part.life, 1_000);
    assertThat(Wards.unusedFor(part.life, 1_500)).isEqualTo(500);
    assertThat(Wards.wasSeen(part.life)).isFalse();
    part.use();
    assertThat(Wards.wasSeen(part.life)).isTrue();
    assertThat(Wards.unusedFor(part.life, System.nanoTime())).isBetween(0L, 60_000_000_000L);
    assertClean();

    Wards.ask(part.life, 2_000);
    giveBack(part);
    part.use();
    assertThat(count(ViolationKind.USE_AFTER_RETURN)).isEqualTo(1);
    borrow(part);
    assertThat(Wards.unusedFor(part.life, System.nanoTime())).as("another loan").isNegative();
  }

  /** Uses an object at the end of the stack, and farther and farther from it. */
  private static final class Diver {
    private final Part part;
    private int dives;

    Diver(Part part) {
      this.part = part;
    }

    void dive() {
      try {
        if (dives == 0) {
          dive();
        }
      } catch (StackOverflowError end) {
        // The way up begins.
      }
      if (dives++ < 200) {
        try {
          part.use();
        } catch (StackOverflowError end) {
          // Before the guard could begin.
        }
      }
    }
  }

  @Test
  void guardOutlivesEachEndOfTheServicesStack() throws Exception {
    Part part = made();
    borrow(part);
    giveBack(part);
    for (int i = 0; i < 5; i++) {
      Thread thread = new Thread(null, new Diver(part)::dive, "diver", 256 << 10);
      thread.start();
      thread.join();
    }
    long before = count(ViolationKind.USE_AFTER_RETURN);
    part.use();

    assertThat(count(ViolationKind.USE_AFTER_RETURN)).isEqualTo(before + 1);
    assertThat(system.guard().failures()).isGreaterThanOrEqualTo(Breaker.LIMIT);
    assertThat(system.guard().first()).isInstanceOf(StackOverflowError.class);
    assertThat(system.breaker().failures()).isZero();
  }

  @Test
  void guardThatFailsAgainAndAgainIsOffAndItsFailuresAreCounted() {
    Part part = made();
    borrow(part);
    giveBack(part);
    while (Violations.poll() != null) {
      // There must be room for a report, or nobody asks for the span.
    }
    DurationSamples.spanSource(
        () -> {
          throw new IllegalStateException("planted");
        });
    try {
      for (int i = 0; i < Breaker.LIMIT; i++) {
        part.use();
      }
    } finally {
      DurationSamples.spanSource(null);
    }
    long before = count(ViolationKind.USE_AFTER_RETURN);
    part.use();

    assertThat(system.guard().failures()).isEqualTo(Breaker.LIMIT);
    assertThat(system.guard().isOpen()).isTrue();
    assertThat(system.breaker().isOpen()).isFalse();
    assertThat(count(ViolationKind.USE_AFTER_RETURN)).isEqualTo(before);
  }

  @Test
  void usesAreFoundHoweverManyObjectsThereAre() {
    Wards.guard(50_000);
    List<Part> parts = new ArrayList<>();
    long guarded = 0;
    for (int i = 0; i < 50_000; i++) {
      Part part = made();
      guarded += part.life.companion() == null ? 0 : 1;
      parts.add(part);
    }
    for (Part part : parts) {
      borrow(part);
      part.use();
    }
    assertClean();
    for (Part part : parts) {
      giveBack(part);
      part.use();
    }

    assertThat(guarded).isBetween(49_990L, 50_000L);
    assertThat(count(ViolationKind.USE_AFTER_RETURN)).isEqualTo(guarded);
    assertThat(Places.taken()).isGreaterThan(45_000);
  }

  private WeakReference<Part> fill(List<Life> lives) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < 1_000_000; i++) {
      Part part = made();
      parts.add(part);
      lives.add(part.life);
    }
    return new WeakReference<>(parts.get(0));
  }
}
