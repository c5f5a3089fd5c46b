package io.poolwatch.gc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutOfTurnTest {
  private static final long UNLOCKED = 1;
  private static final long BIASED = 5;
  private static final long LOCKED = 0;
  private static final long INFLATED = 2;
  private static final long HASH = 0x1234_5678L << 8;

  private static long header(long age, long lock) {
    return HASH | age << 3 | lock;
  }

  @Test
  void anObjectWhoseHeaderCountsFewerCollectionsWasPromoted() {
    assertThat(OutOfTurn.isBehind(header(0, UNLOCKED), 1)).isTrue();
    assertThat(OutOfTurn.isBehind(header(2, BIASED), 4)).isTrue();
  }

  @Test
  void oneWhoseHeaderCountsThemAllIsYoung() {
    assertThat(OutOfTurn.isBehind(header(0, UNLOCKED), 0)).isFalse();
    assertThat(OutOfTurn.isBehind(header(4, UNLOCKED), 4)).isFalse();
  }

  /** Its birth was stamped when its maker returned. */
  @Test
  void oneThatIsOlderThanItsStampIsNotTakenForPromoted() {
    assertThat(OutOfTurn.isBehind(header(3, UNLOCKED), 2)).isFalse();
  }

  @Test
  void noHeaderCountsMoreThanFifteen() {
    assertThat(OutOfTurn.isBehind(header(15, UNLOCKED), 40)).isFalse();
    assertThat(OutOfTurn.isBehind(header(14, UNLOCKED), 40)).isTrue();
  }

  @Test
  void theHeaderOfALockedObjectSaysNothing() {
    assertThat(OutOfTurn.isBehind(header(0, LOCKED), 5)).isFalse();
    assertThat(OutOfTurn.isBehind(header(0, INFLATED), 5)).isFalse();
  }

  @Test
  void birthsBeforeTheLastFullCollectionOrAfterTheLastPromotionAreNotInQuestion() {
    OutOfTurn births = new OutOfTurn(5, 9, 1, false);
    assertThat(births.contain(4)).isFalse();
    assertThat(births.contain(5)).isTrue();
    assertThat(births.contain(8)).isTrue();
    assertThat(births.contain(9)).isFalse();
    assertThat(OutOfTurn.NONE.contain(0)).isFalse();
  }

  /** A weak reference that is read while G1 marks keeps its object until the marking is over. */
  @Test
  void whatAPoolPartedWithIsNotLookedAtWhereTheCollectorMarksBesideTheService() {
    try {
      Epochs.outOfTurn(new OutOfTurn(5, 9, 1, true));
      assertThat(Epochs.mayBeOutOfTurn(6, false)).isTrue();
      assertThat(Epochs.mayBeOutOfTurn(6, true)).isFalse();
      Epochs.outOfTurn(new OutOfTurn(5, 9, 1, false));
      assertThat(Epochs.mayBeOutOfTurn(6, true)).isTrue();
    } finally {
      Epochs.outOfTurn(OutOfTurn.NONE);
    }
  }
}
