package io.poolwatch.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PoolTurnoverTest {
  private static final String POOL = "com.example.CountedPool";

  private static void make(List<Object> kept, String poolClass, String name, int loans) {
    PoolFacts facts = new PoolFacts(poolClass);
    facts.name(name);
    ObjectBook book = new ObjectBook(Systems.everything(), facts);
    Object pool = new Object();
    Books.register(pool, book);
    for (int i = 0; i < loans; i++) {
      Life life = new Life();
      book.created(life, null);
      book.lent(life, true);
    }
    kept.add(pool);
  }

  private static PoolTurnover only(Ledger ledger, String poolClass, long oldNanos) {
    PoolTurnover found = null;
    for (PoolTurnover each : ledger.turnovers(oldNanos)) {
      if (each.facts().poolClass().equals(poolClass)) {
        assertThat(found).isNull();
        found = each;
      }
    }
    return found;
  }

  @Test
  void allPoolsOfAClassAreCountedHoweverFewNamesAreReported() throws Exception {
    Ledger ledger = new Ledger((system, facts) -> facts.givenName(), 1);
    List<Object> kept = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      make(kept, POOL, "request-" + i, i < 290 ? 2 : 3);
    }
    ledger.tick(System.nanoTime());

    PoolTurnover young = only(ledger, POOL, TimeUnit.HOURS.toNanos(1));
    assertThat(young.opened()).isEqualTo(300);
    assertThat(young.ended()).isZero();
    assertThat(young.old()).isZero();
    PoolTurnover old = only(ledger, POOL, 0);
    assertThat(old.old()).isEqualTo(300);
    assertThat(old.oldWithFew()).isEqualTo(290);
    Reference.reachabilityFence(kept);

    kept.clear();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    PoolTurnover gone = old;
    while (gone.ended() < 300 && System.nanoTime() < deadline) {
      System.gc();
      Thread.sleep(20);
      ledger.tick(System.nanoTime());
      gone = only(ledger, POOL, 0);
    }
    assertThat(gone.ended()).isEqualTo(300);
    assertThat(gone.endedWithFew()).isEqualTo(290);
    assertThat(gone.old()).isZero();
  }

  @Test
  void poolsThatAreNotReportedAreNotTold() {
    Ledger ledger = new Ledger((system, facts) -> null, 10);
    List<Object> kept = new ArrayList<>();
    make(kept, "com.example.HiddenPool", "hidden", 1);
    assertThat(only(ledger, "com.example.HiddenPool", 0)).isNull();
    Reference.reachabilityFence(kept);
  }
}
