package io.poolwatch.violation;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.book.Books;
import io.poolwatch.book.Ledger;
import io.poolwatch.book.ObjectBook;
import io.poolwatch.book.PoolFacts;
import io.poolwatch.book.PoolSystem;
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

    Handles.returnedWhileArmed(handle, true);
    assertThat(Handles.returnOf(handle)).isNotNull();
    Handles.returnedWhileArmed(handle, false);
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
    Handles.returnedWhileArmed(handle, true);
    Handles.returned(seenAlways, true);

    ledger.tick(now + 30_000_000_000L);
    assertThat(Handles.returnOf(handle)).isNotNull();
    ledger.tick(now + 61_000_000_000L);
    assertThat(Handles.returnOf(handle)).isNull();
    assertThat(Handles.returnOf(seenAlways)).isNotNull();
    Reference.reachabilityFence(pool);
  }
}
