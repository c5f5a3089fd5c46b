package io.poolwatch.agent.worth;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.book.Books;
import io.poolwatch.book.BorrowOutcome;
import io.poolwatch.book.Ledger;
import io.poolwatch.book.Life;
import io.poolwatch.book.ObjectBook;
import io.poolwatch.book.PoolAppraisal;
import io.poolwatch.book.PoolFacts;
import io.poolwatch.book.PoolIdentity;
import io.poolwatch.book.PoolSystem;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class WithoutPoolsTest {
  private static final long MEGA = 1_000_000;
  private static final HeapReading FIRST = reading(0, 0, 0, 0, false);

  /** After so many seconds, so many megabytes, collections and promoted megabytes. */
  private static HeapReading reading(
      int seconds, long allocated, long collections, long promoted, boolean promotedMore) {
    return new HeapReading(
        seconds * 1_000_000_000L,
        allocated * MEGA,
        collections,
        10 * collections,
        promoted < 0 ? -1 : promoted * MEGA,
        promotedMore);
  }

  /** One pool that served something, and does not tell what was promoted. */
  private static List<PoolAppraisal> pools() {
    PoolSystem system =
        PoolSystem.named("left").borrowOutcomes(EnumSet.allOf(BorrowOutcome.class)).build();
    Object pool = new Object();
    ObjectBook book = new ObjectBook(system, new PoolFacts("Left"));
    Books.register(pool, book);
    Life life = new Life();
    book.created(life, life);
    book.lent(life, true);
    book.returned(life);
    book.lent(life, false);
    Ledger ledger =
        new Ledger((kind, facts) -> facts.poolClass().equals("Left") ? "Left" : null, 10);
    ledger.snapshot();
    List<PoolAppraisal> all = ledger.appraisals();
    Reference.reachabilityFence(pool);
    return all;
  }

  private static List<String> lines(HeapReading last) {
    List<String> words = new ArrayList<>();
    WithoutPools without = WithoutPools.between(FIRST, last, List.of(), pools());
    for (String line : without == null ? List.<String>of() : without.lines()) {
      words.add(line.replaceAll(" +", " "));
    }
    return words;
  }

  @Test
  void eachRowIsByTime() {
    assertThat(lines(reading(10, 3_000, 20, 50, false)))
        .contains(
            "allocation, MB/s 300.0 300.0",
            "young collections a minute 120.0 120.0",
            "promotion, MB/s 5.0 -",
            "hit rate, % 50.0 -");
  }

  @Test
  void promotionIsALeastFigureWhereACollectionFreedOldMemoryToo() {
    assertThat(lines(reading(10, 3_000, 20, 50, true))).contains("promotion, MB/s at least 5.0 -");
  }

  @Test
  void nothingIsSaidOfPromotionWhereTheCollectorDoesNotTell() {
    assertThat(lines(reading(10, 3_000, 20, -1, false)))
        .noneMatch(line -> line.startsWith("promotion"))
        .hasSize(5);
  }

  @Test
  void nothingIsSaidOfATimeTooShort() {
    assertThat(lines(reading(0, 3_000, 20, 50, false))).isEmpty();
  }

  @Test
  void eachPoolHasItsOwnTableWithItsOwnHitRate() {
    List<PoolAppraisal> pools = pools();
    WithoutPools without =
        WithoutPools.between(FIRST, reading(10, 3_000, 20, 50, false), List.of(), pools);

    assertThat(without).isNotNull();
    List<Compared> figures = without.of(pools.get(0).figures().identity());
    assertThat(figures)
        .extracting(each -> each.what().label() + ' ' + each.withWords())
        .containsExactly(
            "allocation, MB/s 300.0",
            "young collections a minute 120.0",
            "promotion, MB/s 5.0",
            "hit rate, % 50.0");
  }

  /** No building of it was measured, so what it avoids is not known; it is no 0. */
  @Test
  void nothingIsSaidOfAServiceWithoutAPoolOfWhichNoBuildingWasMeasured() {
    List<PoolAppraisal> pools = pools();
    WithoutPools without =
        WithoutPools.between(FIRST, reading(10, 3_000, 20, 50, false), List.of(), pools);

    assertThat(without).isNotNull();
    assertThat(without.leftOut()).isEqualTo(1);
    assertThat(without.of(pools.get(0).figures().identity()))
        .extracting(Compared::withoutWords)
        .containsOnly("-");
  }

  @Test
  void nothingIsSaidOfAPoolThatIsNotThere() {
    WithoutPools without =
        WithoutPools.between(FIRST, reading(10, 3_000, 20, 50, false), List.of(), pools());

    assertThat(without).isNotNull();
    assertThat(without.of(new PoolIdentity("other", "left", null))).isEmpty();
  }
}
