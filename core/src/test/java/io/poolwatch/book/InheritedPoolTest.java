package io.poolwatch.book;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A pool that was in use before it was watched. */
class InheritedPoolTest {
  private final ObjectBook book = new ObjectBook(Systems.everything(), Systems.facts());
  private final PoolLooks looks = new PoolLooks(book);
  private final Life life = new Life();

  @BeforeEach
  void inherit() {
    book.inherit();
  }

  private Tally tally() {
    Tally tally = new Tally();
    book.tally(tally);
    assertThat(tally.created() + tally.inherited())
        .isEqualTo(tally.idle() + tally.used() + tally.removed());
    return tally;
  }

  @Test
  void foundObjectIsInThePoolAndWasNotCreated() {
    book.found(life, false);
    book.found(life, true);
    assertThat(tally().idle()).isOne();
    assertThat(tally().created()).isZero();
    book.lent(life, false);
    assertThat(tally().borrows(BorrowOutcome.HIT)).isOne();
    assertThat(book.returned(life)).isTrue();
    assertThat(tally().returns()).isOne();
  }

  @Test
  void loanThatBeganBeforeEndsInAReturnAndWasNoBorrow() {
    book.found(life, true);
    assertThat(tally().used()).isOne();
    assertThat(tally().returns()).isZero();
    assertThat(book.returned(life)).isTrue();
    assertThat(tally().returns(ReturnOutcome.POOLED)).isOne();
    assertThat(tally().borrows()).isZero();
    assertThat(tally().idle()).isOne();
  }

  @Test
  void loanThatBeganBeforeMayEndInARemoval() {
    book.found(life, true);
    book.removed(life, RemovalReason.INVALIDATED);
    Life other = new Life();
    book.found(other, true);
    book.discarded(other, RemovalReason.CAPACITY);
    assertThat(tally().returns(ReturnOutcome.POOLED)).isZero();
    assertThat(tally().returns(ReturnOutcome.DISCARDED)).isOne();
    assertThat(tally().removed()).isEqualTo(2);
  }

  @Test
  void borrowWhoseBeginningWasReadAsALoanIsCounted() {
    book.found(life, true);
    book.lent(life, false);
    assertThat(tally().borrows()).isOne();
    assertThat(tally().used()).isOne();
    assertThat(tally().returns()).isZero();
    assertThat(book.returned(life)).isTrue();
    assertThat(tally().returns()).isOne();
  }

  @Test
  void returnWhoseEndWasReadAsIdleIsCounted() {
    book.found(life, false);
    assertThat(book.returned(life)).isFalse();
    assertThat(book.returnedOddly(life)).isNotEqualTo(ViolationKind.VALIDATE_DESTROY_RACE);
    assertThat(tally().returns()).isOne();
    assertThat(tally().idle()).isOne();
  }

  @Test
  void whatThePoolSaysTwiceIsRight() {
    book.found(life, false);
    look(true);
    assertThat(tally().used()).isZero();
    look(true);
    assertThat(tally().used()).isOne();
    assertThat(tally().borrows()).isZero();
    look(false);
    book.lent(life, false);
    book.returned(life);
    book.lent(life, false);
    look(false);
    assertThat(tally().used()).as("the life went on").isOne();
    look(true);
    look(false);
    assertThat(tally().used()).as("it was not twice in a row").isOne();
    look(false);
    assertThat(tally().used()).isZero();
  }

  @Test
  void whatThePoolHasTwiceNoMoreIsRemoved() {
    Life lent = new Life();
    book.found(life, false);
    book.found(lent, true);
    Life made = new Life();
    book.created(made, null);
    look(false);
    assertThat(tally().removed()).isZero();
    looks.over(false);
    looks.over(true);
    assertThat(tally().removed()).as("a look that may have missed some says nothing").isZero();
    book.returned(lent);
    looks.over(true);
    assertThat(tally().removed(RemovalReason.CLEARED)).as("the other one went on").isOne();
    assertThat(tally().idle()).isOne();
    looks.over(true);
    assertThat(tally().removed(RemovalReason.CLEARED)).isEqualTo(2);
    assertThat(tally().idle()).isZero();
    assertThat(tally().used()).as("what is being made is not there yet").isOne();
  }

  @Test
  void whatIsSeenIsThere() {
    book.found(life, false);
    for (int i = 0; i < 3; i++) {
      looks.has(life);
      looks.over(true);
    }
    assertThat(tally().idle()).isOne();
  }

  private void look(boolean lent) {
    looks.says(life, lent);
    looks.over(false);
  }

  @Test
  void whyABorrowMissedIsNotToldBeforeThePoolIsKnown() {
    assertThat(missed()).isEqualTo(1);
    book.settled();
    Tally tally = tally();
    assertThat(tally.misses(MissCause.OTHER)).isOne();
    missed();
    assertThat(tally().misses(MissCause.COLD)).isOne();
  }

  @Test
  void asManyAsThereWereMayHaveBeenInUse() {
    book.found(life, false);
    book.found(new Life(), true);
    book.settled();
    book.lent(life, false);
    book.removed(life, RemovalReason.INVALIDATED);
    missed();
    assertThat(tally().misses(MissCause.COLD)).isZero();
  }

  private long missed() {
    Life made = new Life();
    book.created(made, null);
    book.lent(made, true);
    return tally().borrows(BorrowOutcome.MISS);
  }
}
