package io.poolwatch.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.book.Breaker;
import io.poolwatch.book.DurationSamples;
import io.poolwatch.book.ViolationKind;
import io.poolwatch.violation.Violations;
import org.junit.jupiter.api.Test;

/** A guard that fails harms nobody. */
class FailingGuardTest extends GuardedPool {
  /** Uses an object at the end of the stack, and farther and farther from it. */
  private static final class Diver {
    private final Part part;
    private int dives;

    Diver(Part part) {
      this.part = part;
    }

    void dive() {
      try {
        if (dives == 0) {
          dive();
        }
      } catch (StackOverflowError end) {
        // The way up begins.
      }
      if (dives++ < 200) {
        try {
          part.use();
        } catch (StackOverflowError end) {
          // Before the guard could begin.
        }
      }
    }
  }

  @Test
  void guardOutlivesEachEndOfTheServicesStack() throws Exception {
    Part part = made();
    borrow(part);
    giveBack(part);
    for (int i = 0; i < 5; i++) {
      Thread thread = new Thread(null, new Diver(part)::dive, "diver", 256 << 10);
      thread.start();
      thread.join();
    }
    long before = count(ViolationKind.USE_AFTER_RETURN);
    part.use();

    assertThat(count(ViolationKind.USE_AFTER_RETURN)).isEqualTo(before + 1);
    assertThat(system.guard().failures()).isGreaterThanOrEqualTo(Breaker.LIMIT);
    assertThat(system.guard().first()).isInstanceOf(StackOverflowError.class);
    assertThat(system.breaker().failures()).isZero();
  }

  @Test
  void guardThatFailsAgainAndAgainIsOffAndItsFailuresAreCounted() {
    Part part = made();
    borrow(part);
    giveBack(part);
    while (Violations.poll() != null) {
      // There must be room for a report, or nobody asks for the span.
    }
    DurationSamples.spanSource(
        () -> {
          throw new IllegalStateException("planted");
        });
    try {
      for (int i = 0; i < Breaker.LIMIT; i++) {
        part.use();
      }
    } finally {
      DurationSamples.spanSource(null);
    }
    long before = count(ViolationKind.USE_AFTER_RETURN);
    part.use();

    assertThat(system.guard().failures()).isEqualTo(Breaker.LIMIT);
    assertThat(system.guard().isOpen()).isTrue();
    assertThat(system.breaker().isOpen()).isFalse();
    assertThat(count(ViolationKind.USE_AFTER_RETURN)).isEqualTo(before);
  }
}
