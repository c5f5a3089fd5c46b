package io.poolwatch.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of lent objects whose pool, which held them itself, is dropped. */
class DroppedPoolTest {
  private final Ledger ledger = new Ledger((system, facts) -> facts.givenName(), 10);

  /** A pool that holds all its objects, as those of Commons Pool2 do. */
  private static final class HoldingPool {
    final ObjectBook book;
    final List<Object> all = new ArrayList<>();

    HoldingPool(String name) {
      PoolFacts facts = Systems.facts();
      facts.name(name);
      book = new ObjectBook(Systems.everything(), facts);
      Books.register(this, book);
    }

    Object add(boolean lent) {
      Object object = new byte[16];
      Life life = new Life();
      book.track(life, object);
      book.created(life, object);
      if (lent) {
        book.lent(life, true);
      } else {
        book.shelved(life);
      }
      all.add(object);
      return object;
    }
  }

  @Test
  void lentObjectIsALeakOnceItIsCollectedAndNotBefore() throws Exception {
    HoldingPool pool = new HoldingPool("held on");
    Object held = pool.add(true);
    pool.add(false);
    Reference.reachabilityFence(pool);
    pool = null;

    collectUntil("held on", 1, null);
    assertThat(tally("held on").used()).as("the one that is held").isEqualTo(1);
    assertThat(tally("held on").idle()).isZero();
    assertThat(tally("held on").removed(RemovalReason.LEAKED)).isZero();
    Reference.reachabilityFence(held);
    held = null;
    collectUntil("held on", 2, null);
    assertThat(tally("held on").removed(RemovalReason.LEAKED)).isEqualTo(1);
    assertThat(tally("held on").removed(RemovalReason.POOL_GONE)).isEqualTo(1);
    assertThat(snapshot("held on").pools()).isZero();
  }

  @Test
  void lentObjectsThatAreCollectedWithTheirPoolAreLeaksAndIdleOnesAreNot() throws Exception {
    HoldingPool pool = new HoldingPool("dropped");
    for (int i = 0; i < 5; i++) {
      pool.add(true);
    }
    for (int i = 0; i < 3; i++) {
      pool.add(false);
    }
    Reference.reachabilityFence(pool);
    pool = null;

    collectUntil("dropped", 8, null);
    assertThat(tally("dropped").removed(RemovalReason.LEAKED)).isEqualTo(5);
    assertThat(tally("dropped").removed(RemovalReason.POOL_GONE)).isEqualTo(3);
    assertThat(snapshot("dropped").pools()).isZero();
  }

  @Test
  void whatAClosedPoolHadLentIsNoLeak() throws Exception {
    HoldingPool pool = new HoldingPool("closed");
    pool.add(true);
    Object held = pool.add(true);
    pool.book.closed();
    Reference.reachabilityFence(pool);
    pool = null;

    collectUntil("closed", 2, held);
    assertThat(tally("closed").removed(RemovalReason.LEAKED)).isZero();
    assertThat(tally("closed").removed(RemovalReason.POOL_GONE)).isEqualTo(2);
  }

  @Test
  void nothingIsALeakWhileThePoolHoldsIt() throws Exception {
    HoldingPool pool = new HoldingPool("alive");
    pool.add(true);
    for (int i = 0; i < 3; i++) {
      System.gc();
      ledger.tick(System.nanoTime());
      Thread.sleep(20);
    }
    assertThat(tally("alive").removed()).isZero();
    assertThat(tally("alive").used()).isEqualTo(1);
    Reference.reachabilityFence(pool);
  }

  private PoolSnapshot snapshot(String name) {
    return ledger.snapshot().stream()
        .filter(pool -> pool.identity().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private Tally tally(String name) {
    return snapshot(name).tally();
  }

  private void collectUntil(String name, long removed, @Nullable Object held) throws Exception {
    for (int i = 0; tally(name).removed() < removed; i++) {
      assertThat(i).as("collections of %s", name).isLessThan(200);
      System.gc();
      Thread.sleep(5);
      ledger.tick(System.nanoTime());
    }
    Reference.reachabilityFence(held);
  }
}
