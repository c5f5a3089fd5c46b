package io.poolwatch.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoanWatchTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long LEAST = 60 * SECOND;

  private final ObjectBook book =
      new ObjectBook(PoolSystem.named("watched").build(), new PoolFacts("example.Pool"));
  private final Object pool = new Object();
  private final Ledger ledger = new Ledger((system, facts) -> "orders", 10);
  private final List<String> told = new ArrayList<>();
  private final Life life = new Life();
  private final Life other = new Life();
  private long now = System.nanoTime();

  private int aging;
  private Runnable onAging = () -> {};

  private final LateLoans late =
      new LateLoans() {
        @Override
        public void aging(Life life) {
          aging++;
          onAging.run();
        }

        @Override
        public void overdue(PoolBook of, Life lent, long atLeast) {
          told.add("overdue after " + atLeast / SECOND);
        }

        @Override
        public void ended(PoolBook of, Life lent, long atLeast) {
          told.add("ended after " + atLeast / SECOND);
        }
      };

  @BeforeEach
  void useThePoolForAWhile() {
    new Ledger((system, facts) -> null, 1).snapshot();
    Books.register(pool, book);
    ledger.snapshot();
    book.created(life, null);
    book.created(other, null);
    for (int i = 0; i < 200; i++) {
      book.lent(life, false);
      book.returned(life);
    }
  }

  private void look(long afterSeconds) {
    now += afterSeconds * SECOND;
    ledger.watchLoans(now, LEAST, late);
    Reference.reachabilityFence(pool);
  }

  @Test
  void loanThatDoesNotEndIsToldOnceAndOnceMoreWhenItEnds() {
    book.lent(life, false);
    look(5);
    look(55);
    assertThat(told).isEmpty();
    look(5);
    look(60);
    assertThat(told).containsExactly("overdue after 60");

    book.returned(life);
    look(5);
    assertThat(told).containsExactly("overdue after 60", "ended after 125");
    look(600);
    assertThat(told).hasSize(2);
  }

  @Test
  void loanIsSaidToAgeFromAQuarterOfTheTimeOnUntilItIsOverdue() {
    book.lent(life, false);
    look(5);
    look(10);
    assertThat(aging).isZero();
    look(5);
    look(5);
    assertThat(aging).isEqualTo(2);
    look(50);
    look(60);
    assertThat(aging).isEqualTo(2);
    assertThat(told).hasSize(1);
  }

  @Test
  void busyObjectIsNeverOverdueHoweverOftenItIsSeenLent() {
    for (int i = 0; i < 100; i++) {
      book.lent(life, false);
      look(5);
      book.returned(life);
    }
    assertThat(told).isEmpty();
  }

  @Test
  void whatIsUsualInThePoolIsNotOverdue() {
    book.lent(other, false);
    look(5);
    look(20);
    book.returned(other);
    look(5);

    book.lent(life, false);
    look(5);
    look(200);
    assertThat(told).as("ten times 25 s").isEmpty();
    look(60);
    assertThat(told).containsExactly("overdue after 260");
  }

  @Test
  void endIsToldOfALoanWhoseObjectWasRemovedAndLeftTheList() {
    book.lent(life, false);
    look(5);
    look(60);
    book.removed(life, RemovalReason.ABANDONED);
    ledger.snapshot();
    assertThat(book.listed()).isEqualTo(1);
    look(5);
    assertThat(told).containsExactly("overdue after 60", "ended after 65");
    look(600);
    assertThat(told).hasSize(2);
  }

  @Test
  void leakThatThePoolMadeGoodDoesNotSilenceTheNextOne() {
    book.lent(life, false);
    look(5);
    look(2_400);
    book.removed(life, RemovalReason.ABANDONED);
    look(5);
    told.clear();

    book.lent(other, false);
    look(5);
    look(60);
    assertThat(told).containsExactly("overdue after 60");
  }

  @Test
  void loanThatWasToldAndCameBackIsUsualForTwiceAsLong() {
    book.lent(life, false);
    look(5);
    look(100);
    book.returned(life);
    look(5);
    told.clear();

    book.lent(other, false);
    look(5);
    look(200);
    assertThat(told).as("twice 105 s").isEmpty();
    look(20);
    assertThat(told).containsExactly("overdue after 220");
  }

  @Test
  void loanThatEndsWhileItIsLookedForIsNotSaidToAge() {
    Life third = new Life();
    book.created(third, null);
    book.lent(life, false);
    book.lent(third, false);
    look(5);
    // The look comes to the newest life first; what it tells of that one ends the other's loan.
    onAging = () -> book.returned(life);
    look(20);
    assertThat(aging).isEqualTo(1);
  }

  @Test
  void nobodyKnowsWhatIsUsualInAPoolWithAFewLoans() {
    ObjectBook young =
        new ObjectBook(PoolSystem.named("watched").build(), new PoolFacts("example.Pool"));
    Object youngPool = new Object();
    Books.register(youngPool, young);
    ledger.snapshot();
    Life one = new Life();
    young.created(one, null);
    young.lent(one, true);
    look(5);
    look(3_600);
    assertThat(told).isEmpty();
    Reference.reachabilityFence(youngPool);
  }
}
