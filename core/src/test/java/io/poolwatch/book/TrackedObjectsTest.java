package io.poolwatch.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrackedObjectsTest {
  private static final PoolSystem SYSTEM = PoolSystem.named("tracked").tellingBirths().build();

  private final ShareBook book = new ShareBook(SYSTEM, new PoolFacts("tracked"));
  private final Object local = new Object();
  private final Share share = book.open(local, true);
  private final TrackedObjects tracked = share.tracked();

  @AfterEach
  void boundIsAsEver() {
    Books.trackingBound(200_000);
    Reference.reachabilityFence(local);
  }

  private void untracked(int objects) {
    Books.trackingBound(0);
    for (int i = 0; i < objects; i++) {
      assertThat(share.track(new Object())).isNull();
    }
    Books.trackingBound(Integer.MAX_VALUE / 2);
  }

  @Test
  void oneStandsForThoseThatWereMadeSinceTheOneBefore() {
    untracked(9);
    assertThat(tracked.notStoodFor()).isEqualTo(9);

    TrackedObject one = share.track(new Object());

    assertThat(one).isNotNull();
    assertThat(one.weight()).isEqualTo(10);
    assertThat(tracked.stoodFor()).isEqualTo(10);
    assertThat(tracked.notStoodFor()).isZero();
    assertThat(tracked.notTracked()).isEqualTo(9);
  }

  @Test
  void oneStandsForNoMoreThanItCanSayAndTheNextForTheRest() {
    untracked(70_000);
    TrackedObject first = share.track(new Object());
    assertThat(first.weight()).isEqualTo(TrackedObject.MOST_WEIGHT);
    assertThat(tracked.stoodFor()).isEqualTo(TrackedObject.MOST_WEIGHT);
    assertThat(tracked.notStoodFor()).isEqualTo(70_001 - TrackedObject.MOST_WEIGHT);

    TrackedObject second = share.track(new Object());
    assertThat(tracked.stoodFor()).isEqualTo(70_002);
    tracked.collected(first, 0);
    tracked.collected(second, 0);
    assertThat(tracked.uncollected()).isZero();
  }
}
