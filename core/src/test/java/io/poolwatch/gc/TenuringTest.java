package io.poolwatch.gc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stamps are counts here: the first collection is met by births of 0. */
class TenuringTest {
  private Tenuring tenuring;
  private int collections;

  @BeforeEach
  void start() {
    tenuring = new Tenuring();
    collections = 0;
  }

  @Test
  void anObjectIsPromotedByTheFirstCollectionWhoseThresholdItHasSurvived() {
    young(2);
    assertThat(mark()).isZero();
    young(2);
    assertThat(mark()).isZero();
    young(2);
    // Births of 0 have survived two before the third.
    assertThat(mark()).isEqualTo(1);
    young(2);
    assertThat(mark()).isEqualTo(2);
  }

  @Test
  void aThresholdOfZeroPromotesAllThatIsThere() {
    young(0);
    assertThat(mark()).isEqualTo(1);
    young(15);
    assertThat(mark()).isEqualTo(1);
    young(0);
    assertThat(mark()).isEqualTo(3);
  }

  @Test
  void aThresholdThatFallsPromotesSeveralAgesAtOnce() {
    for (int i = 0; i < 10; i++) {
      young(15);
    }
    assertThat(mark()).isZero();
    young(1);
    assertThat(mark()).isEqualTo(10);
  }

  @Test
  void aThresholdThatRisesPromotesNothingAndTakesNothingBack() {
    for (int i = 0; i < 5; i++) {
      young(1);
    }
    assertThat(mark()).isEqualTo(4);
    young(15);
    assertThat(mark()).isEqualTo(4);
  }

  @Test
  void theHighestThresholdIsCounted() {
    for (int i = 0; i < 15; i++) {
      young(15);
    }
    assertThat(mark()).isZero();
    for (int i = 0; i < 100; i++) {
      young(15);
      assertThat(mark()).isEqualTo(1 + i);
    }
  }

  @Test
  void aThresholdBeyondAllAgesPromotesNothing() {
    for (int i = 0; i < 40; i++) {
      young(Tenuring.PROMOTES_NOTHING);
    }
    assertThat(mark()).isZero();
  }

  @Test
  void aFullCollectionPromotesAllThatWasBornBeforeIt() {
    young(15);
    full();
    assertThat(mark()).isEqualTo(2);
    assertThat(tenuring.known().kindOf(1)).isEqualTo(PromotionKind.FULL);
    assertThat(tenuring.known().kindOf(2)).isEqualTo(PromotionKind.AGED);
  }

  @Test
  void fullCollectionsDoNotMakeOlder() {
    young(1);
    full();
    full();
    young(1);
    assertThat(mark()).isEqualTo(3);
    young(1);
    // Births of 3 have survived one young collection, the fourth.
    assertThat(mark()).isEqualTo(4);
  }

  @Test
  void whatAFullCollectionLeavesYoungStartsAgain() {
    for (int i = 0; i < 5; i++) {
      young(3);
    }
    assertThat(mark()).isEqualTo(2);
    tenuring.fullOfUnknownResult(++collections);
    assertThat(mark()).isEqualTo(2);
    young(3);
    young(3);
    young(3);
    assertThat(mark()).isEqualTo(2);
    young(3);
    assertThat(mark()).isEqualTo(7);
  }

  @Test
  void collectionsAreCountedByKindAndCertainty() {
    young(1);
    tenuring.young(2, 2, 1, Certainty.ESTIMATED);
    tenuring.full(3, 3, Certainty.KNOWN);
    tenuring.fullOfUnknownResult(4);
    tenuring.fullOfUnknownResult(5);
    assertThat(tenuring.count(CollectionKind.YOUNG, Certainty.KNOWN)).isEqualTo(1);
    assertThat(tenuring.count(CollectionKind.YOUNG, Certainty.ESTIMATED)).isEqualTo(1);
    assertThat(tenuring.count(CollectionKind.YOUNG, Certainty.UNKNOWN)).isZero();
    assertThat(tenuring.count(CollectionKind.FULL, Certainty.KNOWN)).isEqualTo(1);
    assertThat(tenuring.count(CollectionKind.FULL, Certainty.ESTIMATED)).isZero();
    assertThat(tenuring.count(CollectionKind.FULL, Certainty.UNKNOWN)).isEqualTo(2);
  }

  @Test
  void momentsBeforeACollectionKeepTheirMark() {
    young(0);
    young(0);
    assertThat(tenuring.known().at(1)).isEqualTo(1);
    assertThat(tenuring.known().settled()).isEqualTo(2);
  }

  @Test
  void stampsMayBeTimes() {
    tenuring.young(1_000, 1_500, 1, Certainty.KNOWN);
    tenuring.young(3_000, 3_200, 1, Certainty.KNOWN);
    // Born while the first one ran: it has met none.
    assertThat(tenuring.known().current()).isEqualTo(1_000);
    tenuring.young(5_000, 5_100, 1, Certainty.KNOWN);
    assertThat(tenuring.known().current()).isEqualTo(3_000);
    assertThat(tenuring.known().at(5_099)).isEqualTo(1_000);
    assertThat(tenuring.known().at(5_100)).isEqualTo(3_000);
  }

  private void young(int threshold) {
    collections++;
    tenuring.young(collections, collections, threshold, Certainty.KNOWN);
  }

  private void full() {
    collections++;
    tenuring.full(collections, collections, Certainty.KNOWN);
  }

  private long mark() {
    return tenuring.known().current();
  }
}
