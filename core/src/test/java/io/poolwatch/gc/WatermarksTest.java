package io.poolwatch.gc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WatermarksTest {

  @Test
  void nothingIsOldBeforeTheFirstCollection() {
    assertThat(Watermarks.NONE.current()).isZero();
    assertThat(Watermarks.NONE.at(1_000)).isZero();
    assertThat(Watermarks.NONE.kindOf(3)).isEqualTo(PromotionKind.AGED);
  }

  @Test
  void markNeverGoesDown() {
    Watermarks marks =
        Watermarks.NONE.after(1, 1, PromotionKind.FULL).after(2, 0, PromotionKind.AGED);
    assertThat(marks.current()).isEqualTo(1);
    assertThat(marks.at(2)).isEqualTo(1);
  }

  @Test
  void aMomentHasTheMarkOfTheLastCollectionBeforeIt() {
    Watermarks marks =
        Watermarks.NONE
            .after(10, 3, PromotionKind.AGED)
            .after(20, 15, PromotionKind.FULL)
            .after(30, 16, PromotionKind.AGED);
    assertThat(marks.at(9)).isZero();
    assertThat(marks.at(10)).isEqualTo(3);
    assertThat(marks.at(19)).isEqualTo(3);
    assertThat(marks.at(20)).isEqualTo(15);
    assertThat(marks.at(1_000)).isEqualTo(16);
  }

  @Test
  void aBirthHasTheKindOfTheCollectionThatPromotedIt() {
    Watermarks marks =
        Watermarks.NONE
            .after(10, 3, PromotionKind.AGED)
            .after(20, 15, PromotionKind.FULL)
            .after(30, 15, PromotionKind.AGED)
            .after(40, 16, PromotionKind.AGED);
    assertThat(marks.kindOf(2)).isEqualTo(PromotionKind.AGED);
    assertThat(marks.kindOf(3)).isEqualTo(PromotionKind.FULL);
    assertThat(marks.kindOf(14)).isEqualTo(PromotionKind.FULL);
    assertThat(marks.kindOf(15)).isEqualTo(PromotionKind.AGED);
    assertThat(marks.kindOf(16)).isEqualTo(PromotionKind.AGED);
  }

  @Test
  void whatIsTooLongAgoHasTheOldestMarkAndNoKind() {
    Watermarks marks = Watermarks.NONE.after(1, 1, PromotionKind.FULL);
    for (int i = 2; i <= 1 + Watermarks.REMEMBERED; i++) {
      marks = marks.after(i, i, PromotionKind.FULL);
    }
    assertThat(marks.at(1)).isEqualTo(2);
    assertThat(marks.kindOf(1)).isEqualTo(PromotionKind.AGED);
    assertThat(marks.kindOf(2)).isEqualTo(PromotionKind.FULL);
  }

  @Test
  void settledMovesWithCollectionsAndWithoutThem() {
    Watermarks marks = Watermarks.NONE.after(5, 0, PromotionKind.AGED);
    assertThat(marks.settled()).isEqualTo(5);
    assertThat(marks.settledUpTo(9).settled()).isEqualTo(9);
    assertThat(marks.settledUpTo(3).settled()).isEqualTo(5);
  }
}
