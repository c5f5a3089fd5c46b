package io.poolwatch.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A pool of shares that was in use before it was watched: what came and went, and no more. */
class InheritedSharesTest {
  private final Ledger ledger = new Ledger((system, facts) -> "inherited", 10);
  private final ShareBook book = new ShareBook(Systems.everything(), Systems.facts());

  @BeforeEach
  void inherit() {
    new Ledger((system, facts) -> null, 1).snapshot();
    book.inherit();
    book.settled();
  }

  private PoolSnapshot snapshot() {
    return ledger.snapshot().get(0);
  }

  @Test
  void moreMayComeBackThanWentOutAndNothingIsSaidOfWhatLives() {
    Object pool = new Object();
    Object local = new Object();
    book.announce(pool, Object.class);
    Share share = book.open(local, true);
    share.miss();
    for (int i = 0; i < 5; i++) {
      share.hit();
    }
    for (int i = 0; i < 9; i++) {
      share.returnedByOwner();
    }
    share.discarded(RemovalReason.CAPACITY);
    share.discarded(RemovalReason.CAPACITY);
    share.missNotAdmitted();

    Tally tally = snapshot().tally();
    assertThat(tally.knowsIdle()).isFalse();
    assertThat(tally.knowsUsed()).isFalse();
    assertThat(tally.idle() + tally.used()).isZero();
    assertThat(tally.created()).isEqualTo(2);
    assertThat(tally.removed()).isEqualTo(3);
    assertThat(tally.returns()).isEqualTo(11);
    assertThat(tally.misses(MissCause.OTHER)).as("no cause is certain").isEqualTo(2);
    assertThat(snapshot().worth().idleBytes()).isNegative();
    assertThat(snapshot().worth().nanosPaid()).isNaN();
    Reference.reachabilityFence(local);
    Reference.reachabilityFence(pool);
  }

  @Test
  void whatIsGoneWithAThreadOrThePoolIsNotCountedAsRemoved() throws Exception {
    Object pool = new Object();
    book.announce(pool, Object.class);
    Object other = new Object();
    Share gone = book.open(new Object(), true);
    gone.miss();
    gone.hit();
    Share left = book.open(other, true);
    left.miss();
    until(() -> book.shares().size() == 1);
    assertThat(snapshot().tally().created()).isEqualTo(2);

    Reference.reachabilityFence(other);
    other = null;
    Reference.reachabilityFence(pool);
    pool = null;
    until(() -> snapshot().pools() == 0 && book.shares().isEmpty());
    Tally tally = snapshot().tally();
    assertThat(tally.removed()).isZero();
    assertThat(tally.created()).isEqualTo(2);
    assertThat(tally.borrows()).isEqualTo(3);
    assertThat(tally.knowsUsed()).isFalse();
  }

  private void until(BooleanSupplier reached) throws InterruptedException {
    for (int i = 0; i < 200 && !reached.getAsBoolean(); i++) {
      System.gc();
      Thread.sleep(20);
      ledger.snapshot();
    }
    assertThat(reached.getAsBoolean()).isTrue();
  }

  @Test
  void oneSuchPoolLeavesTheSumOfItsNameUnknownAndTheCountsRight() {
    Object pool = new Object();
    Object known = new Object();
    Object local = new Object();
    Object localOfKnown = new Object();
    book.announce(pool, Object.class);
    ShareBook other = new ShareBook(book.system(), Systems.facts());
    other.announce(known, Object.class);
    book.open(local, true).miss();
    other.open(localOfKnown, true).miss();

    Tally tally = snapshot().tally();
    assertThat(snapshot().pools()).isEqualTo(2);
    assertThat(tally.created()).isEqualTo(2);
    assertThat(tally.knowsIdle()).isFalse();
    Reference.reachabilityFence(local);
    Reference.reachabilityFence(localOfKnown);
    Reference.reachabilityFence(pool);
    Reference.reachabilityFence(known);
  }
}
