package io.poolwatch.worth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BesideTest {
  private final Beside beside = new Beside();
  private long allocated = 1_000;

  @AfterEach
  void closeMeter() {
    Costs.meter(null);
  }

  private void step(long bytes) {
    long ticket = beside.begins();
    allocated += bytes;
    beside.ended(ticket);
  }

  @Test
  void nothingIsTakenOffBeforeItWasMeasured() {
    step(40);
    assertThat(beside.bytes()).isZero();
  }

  @Test
  void leastCounts() {
    Costs.meter(new Counted());
    step(7_000);
    step(40);
    step(900);

    assertThat(beside.bytes()).isEqualTo(40);
  }

  @Test
  void onlyTheFirstOnesAreMeasured() {
    Costs.meter(new Counted());
    step(50);
    step(40);
    step(40);

    assertThat(beside.begins()).isEqualTo(Costs.NOT_MEASURED);
  }

  @Test
  void oneMoreIsMeasuredWheneverABuildingIs() {
    Costs.meter(new Counted());
    step(40);
    step(40);
    step(40);
    beside.again();
    beside.again();
    step(0); // compiled now

    assertThat(beside.bytes()).isZero();
    assertThat(beside.begins()).isEqualTo(Costs.NOT_MEASURED);
  }

  @Test
  void whatWasLessLongAgoIsForgotten() {
    Costs.meter(new Counted());
    step(0);
    step(40);
    step(56);
    assertThat(beside.bytes()).isZero();
    for (int i = 0; i < 10; i++) {
      beside.again();
      step(40);
      assertThat(beside.bytes()).isEqualTo(40);
    }
  }

  @Test
  void readingsOwnDoNotCount() {
    Costs.meter(new Counted());
    long ticket = beside.begins();
    allocated += 40 + 16;
    beside.ended(ticket);

    assertThat(beside.bytes()).isEqualTo(40);
  }

  private final class Counted implements Meter {
    @Override
    public long allocated() {
      return allocated;
    }

    @Override
    public long allocatedByReading() {
      return allocated == 1_056 ? 16 : 0;
    }

    @Override
    public long classesLoaded() {
      return 1;
    }

    @Override
    public long sizeOf(Object object) {
      return 16;
    }
  }
}
