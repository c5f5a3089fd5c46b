package io.poolwatch.pool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What threads share that own nothing, with invented thread ids and collections. */
class StripesTest {
  private static final long ME = 7;

  private final CountBlocks blocks = new CountBlocks();
  private final Stripes stripes = new Stripes(4, 0, blocks, new Parting());
  private final Stripe mine = stripes.of(ME);

  /** Another thread whose stripe is the same. */
  private long neighbour() {
    long id = ME + 1;
    while (stripes.of(id) != mine) {
      id++;
    }
    return id;
  }

  @Test
  void whoTookTheObjectKeepsThePlaceUntilItPutsItBack() {
    assertThat(mine.place.put(ME, "object", 0)).isTrue();
    assertThat(mine.place.take(ME, 0)).isEqualTo("object");
    assertThat(mine.place.put(neighbour(), "other", 0)).isFalse();
    assertThat(mine.place.take(neighbour(), 0)).isNull();
    assertThat(mine.place.putBack(neighbour(), "other", 0)).isFalse();
    assertThat(mine.place.putBack(ME, "object", 0)).isTrue();
    assertThat(mine.place.take(neighbour(), 0)).isEqualTo("object");
  }

  @Test
  void aPlaceIsStolenFromOnlyWhileNobodyHoldsIt() {
    mine.place.put(ME, "object", 0);
    assertThat(stripes.steal(0, 0, false)).isEqualTo("object");
    mine.place.put(ME, "object", 0);
    mine.place.take(ME, 0);
    assertThat(stripes.steal(0, 0, false)).isNull();
  }

  @Test
  void anIdleObjectSurvivesOneCollectionAsAVictimAndNotTwo() {
    mine.place.put(ME, "object", 0);
    stripes.sweep(1);
    assertThat(mine.place.take(ME, 1)).isNull();
    assertThat(stripes.steal(0, 1, true)).isEqualTo("object");

    mine.place.put(ME, "object", 1);
    stripes.sweep(2);
    stripes.sweep(3);
    assertThat(stripes.countIdle()).isZero();
    assertThat(blocks.counts().collected()).isEqualTo(1);
    assertThat(blocks.counts().idle()).isZero();
  }

  @Test
  void whatMissedTwoCollectionsWithoutASweepIsNotHandedOut() {
    mine.place.put(ME, "object", 0);
    mine.place.turn(2, mine.shelf);
    assertThat(mine.place.take(ME, 2)).isNull();
    assertThat(blocks.counts().collected()).isEqualTo(1);
  }

  @Test
  void aPlaceWhoseThreadDoesNotComeBackIsReplacedAndItsCountsStayExact() throws Exception {
    comeBackLate();
    for (int i = 0; i < 100 && blocks.counts().collected() == 0; i++) {
      System.gc();
      Thread.sleep(10);
      stripes.settle();
    }
    Counts counts = blocks.counts();
    assertThat(counts.putsKept()).isEqualTo(2);
    assertThat(counts.hits()).isEqualTo(1);
    assertThat(counts.collected()).as("put into the replaced place").isEqualTo(1);
    assertThat(counts.idle()).isZero();
    assertThat(mine.place.put(ME, "another", 2)).isTrue();
  }

  /** In a frame of its own, so that the old place becomes unreachable. */
  private void comeBackLate() {
    Place old = mine.place;
    old.put(ME, "object", 0);
    old.take(ME, 0);
    stripes.sweep(1);
    assertThat(mine.place).isSameAs(old);
    stripes.sweep(2);
    assertThat(mine.place).isNotSameAs(old);
    assertThat(old.put(ME, "object", 2)).isTrue();
  }

  @Test
  void withoutRoomNothingIsKept() {
    Stripes closed = new Stripes(0, 0, blocks, new Parting());
    assertThat(closed.isClosed()).isTrue();
    assertThat(closed.of(ME).place.put(ME, "object", 0)).isFalse();
    closed.sweep(1);
    closed.sweep(2);
    assertThat(closed.of(ME).place.put(ME, "object", 2)).isFalse();
  }
}
