package io.poolwatch.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ThreadLocalPoolTest {

  private final GcEpoch epoch = new GcEpoch();
  private final AtomicInteger made = new AtomicInteger();
  private final ThreadLocalPool<Object> pool = builder().build(epoch);

  private ThreadLocalPool.Builder<Object> builder() {
    return ThreadLocalPool.<Object>builder(
            () -> {
              made.incrementAndGet();
              return new Object();
            })
        .name("things");
  }

  private void collection() {
    epoch.clock.incrementAndGet();
    epoch.sweepAll();
  }

  private static void inAnotherThread(Runnable action) throws InterruptedException {
    Thread thread = new Thread(action);
    thread.start();
    thread.join();
  }

  private static List<Object> take(ThreadLocalPool<Object> pool, int number) {
    List<Object> taken = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      taken.add(pool.get());
    }
    return taken;
  }

  @Test
  void whatWasPutComesBackToItsThread() {
    Object first = pool.get();
    pool.put(first);
    assertThat(pool.get()).isSameAs(first);
    assertThat(made).hasValue(1);
    assertThat(pool.counts().hits()).isEqualTo(1);
    assertThat(pool.counts().misses()).isEqualTo(1);
  }

  @Test
  void sharedObjectsAreStolenByOtherThreadsButNotThePrivateOne() throws Exception {
    List<Object> mine = take(pool, 3);
    mine.forEach(pool::put);
    List<Object> stolen = new ArrayList<>();
    inAnotherThread(() -> stolen.addAll(take(pool, 3)));
    assertThat(stolen).contains(mine.get(1), mine.get(2)).doesNotContain(mine.get(0));
    assertThat(stolen.get(0)).as("the oldest first").isSameAs(mine.get(1));
    assertThat(pool.get()).isSameAs(mine.get(0));
    assertThat(pool.counts().hits()).isEqualTo(3);
  }

  @Test
  void theOwnerTakesItsNewestObjectFirst() {
    List<Object> mine = take(pool, 3);
    mine.forEach(pool::put);
    assertThat(take(pool, 3)).containsExactly(mine.get(0), mine.get(2), mine.get(1));
  }

  @Test
  void everyObjectSurvivesOneCollectionAndNoneTwo() {
    List<Object> mine = take(pool, 5);
    mine.forEach(pool::put);
    collection();
    assertThat(pool.counts().idle()).isEqualTo(5);
    assertThat(take(pool, 5)).containsExactlyInAnyOrderElementsOf(mine);

    mine.forEach(pool::put);
    collection();
    collection();
    assertThat(pool.countIdle()).isZero();
    assertThat(pool.counts().collected()).isEqualTo(5);
    assertThat(pool.get()).isNotIn(mine);
  }

  @Test
  void anOwnerThatComesBackAfterTwoCollectionsWithoutSweepFindsNothing() {
    List<Object> mine = take(pool, 3);
    mine.forEach(pool::put);
    epoch.clock.addAndGet(2);
    assertThat(pool.get()).isNotIn(mine);
    assertThat(pool.counts().collected()).isEqualTo(3);
    assertThat(pool.countIdle()).isZero();
  }

  @Test
  void victimsThatAreUsedStay() {
    Object only = pool.get();
    for (int i = 0; i < 10; i++) {
      pool.put(only);
      collection();
      assertThat(pool.get()).isSameAs(only);
    }
    assertThat(pool.counts().collected()).isZero();
  }

  @Test
  void whatAThreadKeptGoesWhenItHasEnded() throws Exception {
    inAnotherThread(() -> take(pool, 4).forEach(pool::put));
    assertThat(pool.counts().idle()).isEqualTo(4);
    collection();
    Counts counts = pool.counts();
    assertThat(counts.ownerGone()).isEqualTo(4);
    assertThat(counts.idle()).isZero();
    assertThat(counts.misses()).as("the counts of the thread stay").isEqualTo(4);
  }

  @Test
  void aThousandShortThreadsWithoutACollectionDoNotPileUp() throws Exception {
    CountBlocks blocks = new CountBlocks();
    Owners owners = new Owners(4, blocks, new Parting());
    for (int i = 0; i < 1_000; i++) {
      inAnotherThread(() -> owners.register(Thread.currentThread(), 0).putPrivate("x"));
    }
    assertThat(owners.count()).isLessThan(50);
    Counts counts = blocks.counts();
    assertThat(counts.putsKept()).isEqualTo(1_000);
    assertThat(counts.ownerGone() + owners.countIdle()).isEqualTo(1_000);
    assertThat(blocks.root.get().length).isLessThan(50);
  }

  @Test
  void threadsThatClaimTheSameIdHaveSlotsOfTheirOwn() throws Exception {
    List<Object> got = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Thread impostor =
          new Thread(
              () -> {
                Object one = pool.get();
                pool.put(one);
                got.add(one);
              }) {
            @Override
            public long getId() {
              return 1;
            }
          };
      impostor.start();
      impostor.join();
    }
    assertThat(got.get(0)).isNotSameAs(got.get(1));
    assertThat(pool.counts().misses()).isEqualTo(2);
  }

  @Test
  void beyondItsCapacityAPutIsDroppedAndCounted() {
    ThreadLocalPool<Object> small = builder().maxShared(5).build(epoch);
    take(small, 10).forEach(small::put);
    assertThat(small.counts().putsKept()).isEqualTo(6);
    assertThat(small.counts().putsDropped(DropReason.FULL)).isEqualTo(4);
    assertThat(small.countIdle()).isEqualTo(6);
  }

  @Test
  void whatTheFactoryThrowsComesThroughAndIsAnError() {
    RuntimeException planted = new RuntimeException("planted");
    ThreadLocalPool<Object> broken =
        ThreadLocalPool.builder(
                (Supplier<Object>)
                    () -> {
                      throw planted;
                    })
            .build(epoch);
    assertThatThrownBy(broken::get).isSameAs(planted);
    assertThat(broken.counts().errors()).isEqualTo(1);
    assertThat(broken.counts().misses()).isZero();
  }

  @Test
  void aFactoryThatReturnsNullIsNamed() {
    ThreadLocalPool<Object> broken =
        ThreadLocalPool.builder((Supplier<Object>) () -> null).name("empty hands").build(epoch);
    assertThatThrownBy(broken::get)
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("empty hands");
    assertThat(broken.counts().errors()).isEqualTo(1);
  }

  @Test
  void aFactoryMayUseItsOwnPool() {
    List<ThreadLocalPool<Object>> self = new ArrayList<>();
    AtomicInteger depth = new AtomicInteger();
    self.add(
        ThreadLocalPool.<Object>builder(
                () -> depth.incrementAndGet() < 3 ? List.of(self.get(0).get()) : "innermost")
            .build(epoch));
    assertThat(self.get(0).get()).isEqualTo(List.of(List.of("innermost")));
    assertThat(self.get(0).counts().misses()).isEqualTo(3);
  }

  @Test
  void nullIsRefused() {
    assertThatThrownBy(() -> pool.put(null)).isInstanceOf(NullPointerException.class);
    assertThat(pool.counts().putsKept()).isZero();
  }

  @Test
  void withoutANameAPoolIsCalledAfterTheClassOfItsFactory() {
    assertThat(ThreadLocalPool.of(Object::new).name()).isEqualTo(getClass().getName());
  }
}
