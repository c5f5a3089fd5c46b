package io.poolwatch.violation;

import static org.assertj.core.api.Assertions.assertThat;

import example.Ways;
import io.poolwatch.book.Life;
import io.poolwatch.book.ObjectBook;
import io.poolwatch.book.PoolFacts;
import io.poolwatch.book.PoolSystem;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoanTrailTest {
  private final ObjectBook book =
      new ObjectBook(PoolSystem.named("trail").build(), new PoolFacts("example.Pool"));
  private final Life life = new Life();

  @Test
  void sightingsOfAnEarlierLoanAreNotToldAsThoseOfThisOne() {
    book.created(life, null);
    book.lent(life, true);
    LoanTrail.borrowed(life);
    book.returned(life);
    LoanTrail.returned(life);
    assertThat(LoanTrail.borrowOf(life)).isNotNull();
    assertThat(LoanTrail.returnOf(life)).isNotNull();

    book.lent(life, false);
    assertThat(LoanTrail.borrowOf(life)).as("not kept of this loan").isNull();
    assertThat(LoanTrail.returnOf(life)).isNull();
    assertThat(LoanTrail.returnBefore(life)).as("of the loan before").isNotNull();
    book.returned(life);
    book.lent(life, false);
    assertThat(LoanTrail.returnBefore(life)).as("of the one before that").isNull();
  }

  @Test
  void whoHasATrailLongestLosesItToTheNext() {
    book.created(life, null);
    book.lent(life, true);
    LoanTrail.borrowed(life);
    List<Life> others = new ArrayList<>();
    for (int i = 0; i < LoanTrail.MOST; i++) {
      Life other = new Life();
      others.add(other);
      LoanTrail.borrowed(other);
    }
    assertThat(LoanTrail.borrowOf(life)).isNull();
    assertThat(LoanTrail.borrowOf(others.get(0))).isNotNull();
  }

  @Test
  void stackThatWasForgottenIsNotToldAndOneOnItsWayToTheReaderIsKept() {
    Sighting forgotten = Sighting.now(0);
    Sighting kept = Sighting.toReport(forgotten);
    assertThat(forgotten.stack()).isNotEmpty();
    for (int way = 0; way < 8_192; way++) {
      Ways.take(way, 13, () -> Sighting.now(0));
    }
    assertThat(kept).isNotNull();
    assertThat(kept.stack()).isNotEmpty();
    assertThat(forgotten.stack()).isEmpty();
    assertThat(Sighting.toReport(forgotten)).isNull();
  }

  @Test
  void equalStacksAreKeptOnceAndBeginWithTheService() {
    KeptStack[] both = new KeptStack[2];
    for (int i = 0; i < 2; i++) {
      int place = i;
      Ways.take(0, 3, () -> both[place] = KeptStack.of(new Throwable().getStackTrace(), 1));
    }
    assertThat(both[0]).isSameAs(both[1]);
    Sighting[] seen = new Sighting[1];
    Ways.take(0, 3, () -> seen[0] = Sighting.now(0));
    assertThat(seen[0].stack()[0].getClassName()).isEqualTo("example.Ways");
  }
}
