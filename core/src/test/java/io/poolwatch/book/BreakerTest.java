package io.poolwatch.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When our own code is switched off. */
class BreakerTest {
  private static final long HOUR = TimeUnit.HOURS.toNanos(1);
  private final long start = System.nanoTime();

  private static Throwable bug() {
    return new IllegalStateException("planted");
  }

  @Test
  void strictOneOpensAtTheTenthFailureHoweverLongThatTakes() {
    Breaker strict = Breaker.strict("library");
    for (int i = 1; i < Breaker.LIMIT; i++) {
      strict.failed(bug(), start + i * 24 * HOUR);
    }
    assertThat(strict.isOpen()).isFalse();
    strict.failed(new StackOverflowError(), start + 240 * HOUR);

    assertThat(strict.isOpen()).isTrue();
  }

  @Test
  void forgivingOneOpensAtTheTenthFailureWithinAnHour() {
    Breaker forgiving = Breaker.forgiving("library");
    for (int i = 1; i <= 100; i++) {
      forgiving.failed(bug(), start + i * HOUR / 5);
    }
    assertThat(forgiving.isOpen()).isFalse();
    for (int i = 1; i <= Breaker.LIMIT; i++) {
      forgiving.failed(bug(), start + 30 * HOUR + i * HOUR / 20);
    }

    assertThat(forgiving.isOpen()).isTrue();
  }

  @Test
  void firstFailureIsKeptUntilItWasToldAndNoneAfterIt() {
    Breaker strict = Breaker.strict("library");
    Throwable bug = bug();
    strict.failed(bug);
    strict.failed(bug());
    assertThat(strict.first()).isSameAs(bug);

    strict.told();
    strict.failed(bug());
    assertThat(strict.first()).isNull();
    assertThat(strict.failures()).isEqualTo(3);
  }

  @Test
  void endsOfTheServicesStackAndHeapAreCountedAndForgiven() {
    Breaker forgiving = Breaker.forgiving("library");
    for (int i = 0; i < 1000; i++) {
      forgiving.failed(new StackOverflowError());
      forgiving.failed(new OutOfMemoryError());
    }

    assertThat(forgiving.isOpen()).isFalse();
    assertThat(forgiving.failures()).isEqualTo(2000);
    assertThat(forgiving.first()).isInstanceOf(StackOverflowError.class);
  }
}
