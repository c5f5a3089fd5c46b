package io.poolwatch.violation;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.book.ObjectBook;
import io.poolwatch.book.PoolFacts;
import io.poolwatch.book.PoolSystem;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.ViolationKind;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is told of an object that its pool does not have: that depends on how it left. */
class StrayedTest {
  private final ObjectBook book = book();
  private final Object object = new Object();

  private static ObjectBook book() {
    return book(EnumSet.allOf(ViolationKind.class));
  }

  private static ObjectBook book(Set<ViolationKind> told) {
    return new ObjectBook(
        PoolSystem.named("strayed").violations(told).build(), new PoolFacts("example.Pool"));
  }

  @BeforeEach
  void forgetWhatOtherTestsLeft() {
    while (Violations.poll() != null) {
      // each
    }
  }

  private @Nullable Violation told() {
    Violations.strayed(book, object, true);
    return Violations.poll();
  }

  @Test
  void whatAPoolMayHaveHadBeforeItWasWatchedIsNotForeign() {
    Set<ViolationKind> told = EnumSet.allOf(ViolationKind.class);
    told.remove(ViolationKind.FOREIGN_RETURN);
    Violations.strayed(book(told), new Object(), true);
    assertThat(Violations.poll()).isNull();
  }

  @Test
  void objectThatNobodyKnowsIsForeign() {
    Violation violation = told();
    assertThat(violation).isNotNull();
    assertThat(violation.kind()).isEqualTo(ViolationKind.FOREIGN_RETURN);
    assertThat(violation.objectClass()).isEqualTo("java.lang.Object");
    assertThat(violation.removed()).isNull();
  }

  @Test
  void objectThatWasDestroyedIsToldWithItsDestruction() {
    Departed.left(book, object, RemovalReason.INVALIDATED);
    Violation violation = told();
    assertThat(violation).isNotNull();
    assertThat(violation.kind()).isEqualTo(ViolationKind.USE_AFTER_DESTROY);
    assertThat(violation.detail()).isEqualTo("the pool had removed the object: invalidated");
    assertThat(violation.removed()).isNotNull();
    assertThat(violation.removed().thread()).isEqualTo(Thread.currentThread().getName());
  }

  @Test
  void lateReturnOfWhatWasAbandonedIsNone() {
    Departed.left(book, object, RemovalReason.ABANDONED);
    assertThat(told()).isNull();
  }

  @Test
  void objectInQuarantineWasGivenBackTwice() {
    Departed.left(book, object, RemovalReason.QUARANTINED);
    Violation violation = told();
    assertThat(violation).isNotNull();
    assertThat(violation.kind()).isEqualTo(ViolationKind.DOUBLE_RETURN);
  }

  @Test
  void objectThatAnotherPoolDestroyedIsForeign() {
    Departed.left(book(), object, RemovalReason.INVALIDATED);
    Violation violation = told();
    assertThat(violation).isNotNull();
    assertThat(violation.kind()).isEqualTo(ViolationKind.FOREIGN_RETURN);
  }

  @Test
  void objectLeftSinceAMomentIfItLeftThatPoolAfterIt() {
    long before = System.nanoTime();
    Departed.left(book, object, null);
    assertThat(Departed.leftSince(book, object, before)).isTrue();
    assertThat(Departed.leftSince(book, object, System.nanoTime() + 1)).isFalse();
    assertThat(Departed.leftSince(book(), object, before)).isFalse();
    assertThat(Departed.leftSince(book, new Object(), before)).isFalse();
  }
}
