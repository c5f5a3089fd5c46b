package io.poolwatch.agent.violation;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.book.ObjectBook;
import io.poolwatch.book.PoolFacts;
import io.poolwatch.book.PoolIdentity;
import io.poolwatch.book.PoolSystem;
import io.poolwatch.book.ViolationKind;
import io.poolwatch.violation.Sighting;
import io.poolwatch.violation.Violation;
import io.poolwatch.violation.Violations;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ViolationTextTest {
  private final ObjectBook book =
      new ObjectBook(PoolSystem.named("text").build(), new PoolFacts("example.Pool"));
  private final Sighting seen = Sighting.now(1);

  private Violation violation(
      ViolationKind kind,
      @Nullable Sighting borrowed,
      @Nullable Sighting returned,
      @Nullable Sighting removed) {
    while (Violations.poll() != null) {
      // what other tests left
    }
    Violations.found(book, kind, "example.Connection", borrowed, returned, removed, null);
    Violation found = Violations.poll();
    assertThat(found).isNotNull();
    return found;
  }

  @ParameterizedTest
  @EnumSource(
      value = ViolationKind.class,
      names = {"DOUBLE_RETURN", "USE_AFTER_RETURN", "WRITE_AFTER_RETURN", "USE_AFTER_DESTROY"})
  void borrowAloneIsNotTheOtherSideOfWhatCameAfterAReturn(ViolationKind kind) {
    assertThat(ViolationText.hasBothSides(violation(kind, seen, null, null))).isFalse();
    assertThat(ViolationText.hasBothSides(violation(kind, null, seen, null))).isTrue();
    assertThat(ViolationText.hasBothSides(violation(kind, seen, null, seen))).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = ViolationKind.class,
      names = {"LEAK", "OVERDUE"})
  void borrowIsTheOtherSideOfALoanThatDoesNotEnd(ViolationKind kind) {
    assertThat(ViolationText.hasBothSides(violation(kind, seen, null, null))).isTrue();
    assertThat(ViolationText.hasBothSides(violation(kind, null, null, null))).isFalse();
  }

  @ParameterizedTest
  @EnumSource(ViolationKind.class)
  void eachKindIsSaidInWordsOfItsOwn(ViolationKind kind) {
    for (ViolationKind other : ViolationKind.values()) {
      assertThat(ViolationText.sentence(kind).equals(ViolationText.sentence(other)))
          .isEqualTo(kind == other);
    }
  }

  @Test
  void ofTwoReturnsEitherMayBeTheWrongOneUnlessThePoolSetTheObjectAside() {
    PoolIdentity pool = new PoolIdentity("orders", "text", null);
    String either = "either of the two may be the wrong one";
    assertThat(ViolationText.of(violation(ViolationKind.DOUBLE_RETURN, seen, seen, null), pool))
        .contains(either);
    assertThat(ViolationText.of(violation(ViolationKind.DOUBLE_RETURN, null, null, seen), pool))
        .doesNotContain(either);
    assertThat(ViolationText.of(violation(ViolationKind.USE_AFTER_RETURN, seen, seen, null), pool))
        .doesNotContain(either);
  }

  @Test
  void durationHasTheUnitThatAPersonWouldChoose() {
    assertThat(ViolationText.duration(999)).isEqualTo("999 ns");
    assertThat(ViolationText.duration(1_500)).isEqualTo("1.5 µs");
    assertThat(ViolationText.duration(2_500_000)).isEqualTo("2.5 ms");
    assertThat(ViolationText.duration(90_000_000_000L)).isEqualTo("90.0 s");
    assertThat(ViolationText.duration(2_400_000_000_000L)).isEqualTo("40.0 min");
    assertThat(ViolationText.duration(-5)).isEqualTo("0 ns");
  }
}
