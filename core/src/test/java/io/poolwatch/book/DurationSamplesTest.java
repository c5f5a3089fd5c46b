package io.poolwatch.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DurationSamplesTest {
  private final ObjectBook book =
      new ObjectBook(PoolSystem.named("test").build(), new PoolFacts("pool"));

  @BeforeEach
  @AfterEach
  void empty() {
    DurationSamples.spanSource(null);
    DurationSamples.onlooker(null);
    while (DurationSamples.poll() != null) {}
  }

  @Test
  void aWriterThatFailsLeavesNoHole() {
    DurationSamples.spanSource(
        () -> {
          throw new StackOverflowError("planted");
        });
    assertThatThrownBy(() -> DurationSamples.record(book, DurationSamples.LOAN, 1))
        .isInstanceOf(StackOverflowError.class);
    DurationSamples.spanSource(null);

    DurationSamples.record(book, DurationSamples.LOAN, 2);

    DurationSamples.Sample sample = DurationSamples.poll();
    assertThat(sample).isNotNull();
    assertThat(sample.nanos()).isEqualTo(2);
  }

  @Test
  void whatDoesNotFitIsDroppedAndCounted() {
    long taken = DurationSamples.taken();
    long dropped = DurationSamples.dropped();
    for (int i = 0; i < 10_000; i++) {
      DurationSamples.record(book, DurationSamples.BORROW, i);
    }

    assertThat(DurationSamples.taken() - taken + DurationSamples.dropped() - dropped)
        .isEqualTo(10_000);
    assertThat(DurationSamples.dropped()).isGreaterThan(dropped);
    DurationSamples.Sample oldest = DurationSamples.poll();
    assertThat(oldest).isNotNull();
    assertThat(oldest.nanos()).isZero();
  }

  @Test
  void onlookerSeesWhatTheReaderTakesAndTakesNothingAway() {
    List<Long> seen = new ArrayList<>();
    DurationSamples.onlooker(sample -> seen.add(sample.nanos()));
    DurationSamples.record(book, DurationSamples.BORROW, 7);
    assertThat(seen).isEmpty();

    DurationSamples.Sample sample = DurationSamples.poll();

    assertThat(sample).isNotNull();
    assertThat(seen).containsExactly(7L);
    assertThat(DurationSamples.poll()).isNull();
    assertThat(seen).hasSize(1);
  }
}
