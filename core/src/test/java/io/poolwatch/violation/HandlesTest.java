package io.poolwatch.violation;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.book.Books;
import io.poolwatch.book.Ledger;
import io.poolwatch.book.ObjectBook;
import io.poolwatch.book.PoolFacts;
import io.poolwatch.book.PoolSystem;
import io.poolwatch.book.ViolationKind;
import java.lang.ref.Reference;
import org.junit.jupiter.api.Test;

class HandlesTest {
  private final Object handle = new Object();

  @Test
  void laterReturnThatIsNotKeptTakesAwayTheEarlierOne() {
    Handles.returned(handle, true);
    assertThat(Handles.returnOf(handle)).isNotNull();
    Handles.returned(handle, false);
    assertThat(Handles.returnOf(handle)).isNull();

    Handles.returnedWhileArmed(handle, true, null);
    assertThat(Handles.returnOf(handle)).isNotNull();
    Handles.returnedWhileArmed(handle, false, null);
    assertThat(Handles.returnOf(handle)).isNull();
  }

  @Test
  void returnIsForgottenOnceNoPoolWasArmedForAWhileAndReturnsWentUnseen() {
    ObjectBook book =
        new ObjectBook(PoolSystem.named("handles").build(), new PoolFacts("example.Pool"));
    Object pool = new Object();
    Books.register(pool, book);
    Ledger ledger = new Ledger((system, facts) -> "letters", 10);
    ledger.snapshot();
    long now = System.nanoTime();
    book.arm();
    ledger.tick(now);
    Object seenAlways = new Object();
    Handles.returnedWhileArmed(handle, true, null);
    Handles.returned(seenAlways, true);

    ledger.tick(now + 30_000_000_000L);
    assertThat(Handles.returnOf(handle)).isNotNull();
    ledger.tick(now + 61_000_000_000L);
    assertThat(Handles.returnOf(handle)).isNull();
    assertThat(Handles.returnOf(seenAlways)).isNotNull();
    Reference.reachabilityFence(pool);
  }

  @Test
  void secondReturnIsToldWithTheReturnBeforeItAndTheBorrowBeforeThat() {
    ObjectBook book =
        new ObjectBook(PoolSystem.named("handles").build(), new PoolFacts("example.Pool"));
    while (Violations.poll() != null) {
      // what other tests left
    }
    Sighting borrowed = Sighting.now(0);
    Handles.returnedWhileArmed(handle, true, borrowed);
    Handles.returnedTwice(book, handle);

    Violation told = Violations.poll();
    assertThat(told).isNotNull();
    assertThat(told.kind()).isEqualTo(ViolationKind.DOUBLE_RETURN);
    assertThat(told.borrowed()).isNotNull();
    assertThat(told.borrowed().nanos()).isEqualTo(borrowed.nanos());
    assertThat(told.returned()).isNotNull();
    assertThat(told.returned().nanos()).isGreaterThanOrEqualTo(borrowed.nanos());
  }
}
