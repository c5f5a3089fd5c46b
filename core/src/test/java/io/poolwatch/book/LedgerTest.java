package io.poolwatch.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private static Ledger ledger(int maxNames) {
    return new Ledger((system, facts) -> facts.givenName(), maxNames);
  }

  private static ObjectBook register(Object pool, @Nullable String name) {
    PoolFacts facts = Systems.facts();
    facts.name(name);
    ObjectBook book = new ObjectBook(Systems.everything(), facts);
    Books.register(pool, book);
    return book;
  }

  private static void borrow(ObjectBook book, int misses) {
    for (int i = 0; i < misses; i++) {
      Life life = new Life();
      book.created(life, null);
      book.lent(life, true);
    }
  }

  private static PoolSnapshot only(Ledger ledger, String name) {
    List<PoolSnapshot> found = new ArrayList<>();
    for (PoolSnapshot pool : ledger.snapshot()) {
      if (pool.identity().name().equals(name)) {
        found.add(pool);
      }
    }
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  @Test
  void poolsOfOneNameAddUp() {
    Ledger ledger = ledger(10);
    Object first = new Object();
    Object second = new Object();
    borrow(register(first, "twins"), 2);
    borrow(register(second, "twins"), 3);

    PoolSnapshot twins = only(ledger, "twins");
    assertThat(twins.pools()).isEqualTo(2);
    assertThat(twins.tally().borrows()).isEqualTo(5);
    keep(first, second);
  }

  @Test
  void poolThatDiesWhileTheLedgerLooksIsBuried() throws Exception {
    boolean[] made = new boolean[1];
    Ledger ledger =
        new Ledger(
            (system, facts) -> {
              if ("looked at".equals(facts.givenName()) && !made[0]) {
                // Between the admission of new pools and the burial of dead ones.
                made[0] = true;
                makeAndCollect();
              }
              return facts.givenName();
            },
            10);
    Object pool = new Object();
    register(pool, "looked at");
    ledger.tick(0);

    PoolSnapshot brief = only(ledger, "brief");
    assertThat(brief.pools()).isZero();
    assertThat(brief.tally().removed(RemovalReason.POOL_GONE)).isEqualTo(1);
    keep(pool);
  }

  private static void makeAndCollect() {
    Object shortLived = new Object();
    borrow(register(shortLived, "brief"), 1);
    keep(shortLived);
    shortLived = null;
    Object witness = new Object();
    ReferenceQueue<Object> queue = new ReferenceQueue<>();
    WeakReference<Object> reference = new WeakReference<>(witness, queue);
    keep(witness);
    witness = null;
    try {
      // What was made before the witness is enqueued when the witness is.
      for (int i = 0; queue.remove(50) == null; i++) {
        assertThat(i).isLessThan(200);
        System.gc();
      }
      Thread.sleep(50);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    assertThat(reference.get()).isNull();
  }

  @Test
  void countsOfACollectedPoolStayInTheTotals() throws Exception {
    Ledger ledger = ledger(10);
    Object pool = new Object();
    borrow(register(pool, "mortal"), 4);
    assertThat(only(ledger, "mortal").tally().used()).isEqualTo(4);
    keep(pool);
    pool = null;

    collectUntil(() -> only(ledger, "mortal").pools() == 0);
    Tally tally = only(ledger, "mortal").tally();
    assertThat(tally.borrows()).isEqualTo(4);
    assertThat(tally.used()).isZero();
    assertThat(tally.removed(RemovalReason.POOL_GONE)).isEqualTo(4);
  }

  @Test
  void limitsAddUpAndVanishWhenOnePoolHasNone() {
    Ledger ledger = ledger(10);
    Object first = new Object();
    Object second = new Object();
    ObjectBook bounded = register(first, "limits");
    bounded.totalLimit(8);
    bounded.idleLimit(4);
    ObjectBook other = register(second, "limits");
    other.totalLimit(2);

    PoolSnapshot limits = only(ledger, "limits");
    assertThat(limits.totalLimit()).isEqualTo(10);
    assertThat(limits.idleLimit()).isEqualTo(PoolBook.UNLIMITED);
    keep(first, second);
  }

  @Test
  void namesBeyondTheLimitBecomeOnePool() {
    Ledger ledger = ledger(2);
    List<Object> pools = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Object pool = new Object();
      pools.add(pool);
      borrow(register(pool, "pool-" + i), 1);
    }
    assertThat(ledger.snapshot()).hasSize(3);
    assertThat(only(ledger, Ledger.OVERFLOW_NAME).tally().borrows()).isEqualTo(3);
    assertThat(ledger.overflowed()).isEqualTo(3);
    keep(pools);
  }

  @Test
  void hitRatioIsThatOfTheLastFullMinute() {
    Ledger ledger = ledger(10);
    Object pool = new Object();
    ObjectBook book = register(pool, "ratio");
    long start = System.nanoTime();
    Life life = new Life();
    book.created(life, null);
    book.lent(life, true);
    for (int i = 0; i < 3; i++) {
      book.returned(life);
      book.lent(life, false);
    }
    assertThat(only(ledger, "ratio").hitRatio()).isNull();
    ledger.tick(start + MINUTE + 1_000_000_000L);
    assertThat(only(ledger, "ratio").hitRatio()).isEqualTo(0.75);
    ledger.tick(start + 2 * MINUTE + 2_000_000_000L);
    assertThat(only(ledger, "ratio").hitRatio()).isNull();
    keep(pool);
  }

  @Test
  void typeOfAPoolIsToldIfItIsKnownWhenTheFiguresAreFirstRead() {
    Ledger ledger = ledger(10);
    Object pool = new Object();
    ObjectBook book = register(pool, "typed");
    ledger.tick(System.nanoTime());
    book.facts().object(new StringBuilder());
    assertThat(only(ledger, "typed").identity().objectType()).isEqualTo("java.lang.StringBuilder");

    Object other = new Object();
    ObjectBook late = register(other, "untyped");
    assertThat(only(ledger, "untyped").identity().objectType()).isNull();
    late.facts().object(new StringBuilder());
    assertThat(only(ledger, "untyped").identity().objectType()).isNull();
    keep(pool, other);
  }

  @Test
  void askingForItsIdentityNamesAPoolThatHasMadeNothingYet() {
    Ledger ledger = ledger(10);
    Object pool = new Object();
    ObjectBook book = register(pool, "asked");
    ledger.tick(0);

    PoolIdentity identity = ledger.identityOf(book);

    assertThat(identity).isNotNull().isEqualTo(only(ledger, "asked").identity());
    keep(pool);
  }

  @Test
  void poolCollectedBeforeItWasEverReadIsCounted() throws Exception {
    Ledger ledger = ledger(10);
    Object pool = new Object();
    borrow(register(pool, "brief"), 3);
    keep(pool);
    pool = null;
    for (int i = 0; i < 5; i++) {
      System.gc();
      Thread.sleep(20);
      ledger.tick(System.nanoTime());
    }
    assertThat(only(ledger, "brief").tally().borrows()).isEqualTo(3);
  }

  @Test
  void unnamedPoolIsNotReported() {
    Ledger ledger = ledger(10);
    Object pool = new Object();
    register(pool, null);
    assertThat(ledger.snapshot()).isEmpty();
    keep(pool);
  }

  @Test
  void systemWhoseAdviceIsSwitchedOffIsAbsent() {
    Ledger ledger = ledger(10);
    Object pool = new Object();
    ObjectBook book = register(pool, "broken");
    assertThat(ledger.snapshot()).hasSize(1);
    for (int i = 0; i < Breaker.LIMIT; i++) {
      book.system().breaker().failed(new IllegalStateException("planted"));
    }
    assertThat(ledger.snapshot()).isEmpty();
    keep(pool);
  }

  private static void collectUntil(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("collected in time").isLessThan(end);
      System.gc();
      Thread.sleep(20);
    }
  }

  private static void keep(Object... objects) {
    for (Object object : objects) {
      Reference.reachabilityFence(object);
    }
  }
}
