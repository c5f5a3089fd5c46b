package io.poolwatch.agent.worth;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.book.Books;
import io.poolwatch.book.BorrowOutcome;
import io.poolwatch.book.Ledger;
import io.poolwatch.book.Life;
import io.poolwatch.book.MissCause;
import io.poolwatch.book.ObjectBook;
import io.poolwatch.book.PoolAppraisal;
import io.poolwatch.book.PoolFacts;
import io.poolwatch.book.PoolIdentity;
import io.poolwatch.book.PoolSystem;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.Share;
import io.poolwatch.book.ShareBook;
import io.poolwatch.worth.Costs;
import io.poolwatch.worth.Prices;
import io.poolwatch.worth.ScriptedMeter;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JudgeTest {
  private static final PoolSystem SYSTEM =
      PoolSystem.named("judged")
          .borrowOutcomes(EnumSet.allOf(BorrowOutcome.class))
          .missCauses(EnumSet.allOf(MissCause.class))
          .build();
  private static final Prices PRICES =
      new Prices(20, 16_000, Map.of(64L, 7.0, 65_536L, 2_000.0), Map.of("judged", 10.0));
  private static final double COLLECTOR = 0.02;

  private final Object pool = new Object();
  private final ObjectBook book = new ObjectBook(SYSTEM, new PoolFacts("Judged"));
  private final Ledger ledger =
      new Ledger((system, facts) -> facts.poolClass().equals("Judged") ? "Judged" : null, 10);
  private final List<Life> lives = new ArrayList<>();
  private long now = System.nanoTime();
  private long allocated;

  @BeforeEach
  void register() {
    Prices.current(PRICES);
    Costs.meter(new ScriptedMeter(() -> allocated, 64));
    book.facts().object("judged");
    Books.register(pool, book);
    ledger.usageWindow(1);
  }

  @AfterEach
  void close() {
    Prices.current(null);
    Costs.meter(null);
    Reference.reachabilityFence(pool);
  }

  @Test
  void poolWhoseObjectsAreBuiltFasterThanBorrowedIsDropped() {
    built(50, 64);

    assertThat(verdict(() -> lend(1, 1_000)).kind()).isEqualTo(Verdict.Kind.DROP);
  }

  @Test
  void nothingIsDroppedForASmallPriceBeforeACollectionWasSeen() {
    built(50, 64);

    Verdict verdict = verdict(Double.NaN, () -> lend(1, 1_000));

    assertThat(verdict.kind()).isEqualTo(Verdict.Kind.UNDECIDED);
    assertThat(verdict.account()).contains("too few young collections were seen");
  }

  @Test
  void poolWhoseObjectsTakeLongToBuildIsKept() {
    dear();

    Verdict verdict = verdict(() -> lend(1, 1_000));

    assertThat(verdict.kind()).isEqualTo(Verdict.Kind.KEEP);
    assertThat(verdict.account()).contains("saves 40 µs to 2.0 ms a hit and 64 B");
  }

  @Test
  void poolOfLargeArraysIsKeptForTheirAllocation() {
    built(4_000, 65_536);
    book.costs().borrowed(300);

    assertThat(verdict(() -> lend(1, 1_000)).kind()).isEqualTo(Verdict.Kind.KEEP);
  }

  @Test
  void nothingIsSaidBetweenTheTwo() {
    built(75_000, 64);
    book.costs().borrowed(1_000);

    assertThat(verdict(() -> lend(1, 1_000)).kind()).isEqualTo(Verdict.Kind.UNDECIDED);
  }

  @Test
  void idlePoolIsUndecided() {
    built(50, 64);

    Verdict verdict = verdict(() -> lend(1, 10));

    assertThat(verdict.kind()).isEqualTo(Verdict.Kind.UNDECIDED);
    assertThat(verdict.reason()).startsWith("idle: 10 borrows");
  }

  @Test
  void poolOfWhichNoBuildingWasMeasuredIsUndecided() {
    Verdict verdict = verdict(() -> lend(1, 1_000));

    assertThat(verdict.kind()).isEqualTo(Verdict.Kind.UNDECIDED);
    assertThat(verdict.reason()).isEqualTo("no building was measured");
  }

  @Test
  void poolThatHoldsFarMoreThanWasInUseIsToShrinkToThat() {
    dear();
    lend(20_000, 20_000);

    Verdict verdict =
        verdictOf(
            20,
            () -> {
              lend(29, 290);
              tick();
            });

    assertThat(verdict.said()).isEqualTo("shrink to 29");
    assertThat(verdict.reason()).isEqualTo("20 000 retained where 29 were enough");
  }

  @Test
  void nothingIsSaidOfAPoolThatHoldsMuchBeforeItIsKnownHowManyAreEnough() {
    dear();
    lend(20_000, 20_000);

    Verdict verdict = verdict(() -> lend(29, 290));

    assertThat(verdict.kind()).isEqualTo(Verdict.Kind.UNDECIDED);
    assertThat(verdict.reason())
        .isEqualTo("it saves more than it costs; how many objects are enough is not known yet");
  }

  @Test
  void norOfOneThatBuildsAgainWhatItLetGo() {
    dear();
    keepsTwo();

    Verdict verdict = verdictOf(20, () -> unseenBurst(9, 2));

    assertThat(verdict.kind()).isEqualTo(Verdict.Kind.UNDECIDED);
    assertThat(verdict.reason()).endsWith("how many objects are enough is not known yet");
  }

  @Test
  void poolThatHoldsMuchIsKeptOnceItIsKnownThatItNeedsThem() {
    dear();
    lend(2_000, 2_000);

    Verdict verdict =
        verdictOf(
            20,
            () -> {
              lives.forEach(life -> book.lent(life, false));
              tick();
              lives.forEach(book::returned);
            });

    assertThat(verdict.kind()).isEqualTo(Verdict.Kind.KEEP);
  }

  @Test
  void poolThatLetsGoWhatItNeedsAgainIsToGrow() {
    dear();
    keepsTwo();

    Verdict verdict = verdictOf(20, () -> burst(9, 2));

    assertThat(verdict.said()).isEqualTo("grow to 9");
  }

  @Test
  void peaksBetweenTwoLooksAreSeenByTheirMisses() {
    dear();
    keepsTwo();

    Verdict verdict =
        verdictOf(
            15,
            () -> {
              unseenBurst(9, 2);
              tick();
            });

    assertThat(verdict.said()).isEqualTo("grow to 9");
  }

  @Test
  void verdictsAreAlikeUnlessTheKindIsAnotherOrTheSizeIsFarOff() {
    assertThat(verdict(Verdict.Kind.DROP, Verdict.NO_SIZE).isLike(verdict(Verdict.Kind.DROP, -1)))
        .isTrue();
    assertThat(verdict(Verdict.Kind.DROP, -1).isLike(verdict(Verdict.Kind.KEEP, -1))).isFalse();
    assertThat(verdict(Verdict.Kind.SHRINK, 29).isLike(verdict(Verdict.Kind.SHRINK, 31))).isTrue();
    assertThat(verdict(Verdict.Kind.SHRINK, 29).isLike(verdict(Verdict.Kind.SHRINK, 60))).isFalse();
  }

  private static Verdict verdict(Verdict.Kind kind, long size) {
    return new Verdict(kind, new PoolIdentity("Judged", "judged", null), size, "", "");
  }

  /** Objects take 2 ms to build, and a borrow next to nothing. */
  private void dear() {
    built(2_000_000, 64);
    book.costs().borrowed(800);
  }

  private void keepsTwo() {
    book.idleLimit(2);
    lend(2, 2);
  }

  /** A few buildings that took so long and allocated so much. */
  @Test
  void nothingIsDecidedOfAPoolThatWasInUseBeforeItWasWatched() {
    ShareBook late = new ShareBook(SYSTEM, new PoolFacts("Judged"));
    late.inherit();
    late.settled();
    late.announce(lives, String.class);
    Share share = late.open(lives, true);
    built(50, 64);
    Verdict verdict =
        verdict(
            () -> {
              for (int i = 0; i < 1_000; i++) {
                share.hit();
              }
            });
    assertThat(verdict.kind()).isEqualTo(Verdict.Kind.UNDECIDED);
    assertThat(verdict.reason()).contains("in use before it was watched");
    assertThat(verdict.account()).contains("what it holds is not known");
  }

  private void built(long nanos, long bytes) {
    for (int i = 0; i < 4; i++) {
      builtOnce(nanos, bytes);
    }
  }

  private void builtOnce(long nanos, long bytes) {
    long ticket = book.costs().building();
    long classes = Costs.classes(ticket);
    allocated += bytes;
    book.costs().built(ticket, classes, System.nanoTime() - nanos, null, null, new Object());
  }

  /** Borrows that each find an object, of so many in turn. */
  private void lend(int objects, int borrows) {
    while (lives.size() < objects) {
      Life life = new Life();
      book.created(life, life);
      book.shelved(life);
      lives.add(life);
    }
    for (int i = 0; i < borrows; i++) {
      Life life = lives.get(i % objects);
      book.lent(life, false);
      book.returned(life);
    }
  }

  /** Needs so many at once, of which the pool keeps but a few. */
  private void burst(int needed, int kept) {
    List<Life> lent = lend(needed, kept, new ArrayList<>());
    tick();
    giveBack(lent, kept);
  }

  /** The same while nobody looks. */
  private void unseenBurst(int needed, int kept) {
    giveBack(lend(needed, kept, new ArrayList<>()), kept);
  }

  private List<Life> lend(int needed, int kept, List<Life> lent) {
    for (int i = 0; i < needed; i++) {
      Life life = i < kept ? lives.get(i) : new Life();
      if (i >= kept) {
        book.created(life, life);
      }
      book.lent(life, i >= kept);
      lent.add(life);
    }
    return lent;
  }

  private void giveBack(List<Life> lent, int kept) {
    for (int i = 0; i < lent.size(); i++) {
      if (i < kept) {
        book.returned(lent.get(i));
      } else {
        book.discarded(lent.get(i), RemovalReason.CAPACITY);
      }
    }
  }

  private void tick() {
    now += 10_000_000_000L;
    ledger.tick(now);
  }

  private Verdict verdict(Runnable work) {
    return verdict(COLLECTOR, work);
  }

  private Verdict verdictOf(int times, Runnable work) {
    return verdict(
        () -> {
          for (int i = 0; i < times; i++) {
            work.run();
          }
        });
  }

  private Verdict verdict(double collector, Runnable work) {
    tick();
    PoolAppraisal before = ledger.appraisals().get(0);
    work.run();
    return new Judge(PRICES, collector, "2 s").judge(before, ledger.appraisals().get(0));
  }
}
