package io.poolwatch.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DebugModesTest {

  private final GcEpoch epoch = new GcEpoch();

  @AfterEach
  void clearProperty() {
    System.clearProperty(DebugProperty.NAME);
  }

  private static ThreadLocalPool.Builder<List<String>> lists() {
    return ThreadLocalPool.<List<String>>builder(ArrayList::new).name("lists");
  }

  @Test
  void aDoublePutThrowsNamesThePoolAndIsCounted() {
    ThreadLocalPool<List<String>> pool = lists().detectDoublePut(true).build(epoch);
    List<String> one = pool.get();
    pool.put(one);
    assertThatThrownBy(() -> pool.put(one))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'lists'")
        .hasMessageContaining("ArrayList");
    assertThat(pool.counts().putsDropped(DropReason.DOUBLE_PUT)).isEqualTo(1);
    assertThat(pool.countIdle()).isEqualTo(1);
    assertThat(pool.get()).isSameAs(one);
    pool.put(one);
    assertThat(pool.countIdle()).isEqualTo(1);
  }

  @Test
  void aDoublePutIntoThePrivatePlaceIsLetGoWithoutDetectionToo() {
    ThreadLocalPool<List<String>> pool = lists().build(epoch);
    List<String> one = pool.get();
    pool.put(one);
    pool.put(one);
    assertThat(pool.counts().putsDropped(DropReason.DOUBLE_PUT)).isEqualTo(1);
    assertThat(pool.get()).isSameAs(one);
    assertThat(pool.get()).isNotSameAs(one);
  }

  @Test
  void equalObjectsAreNotTheSameObject() {
    ThreadLocalPool<List<String>> pool = lists().detectDoublePut(true).build(epoch);
    List<String> one = pool.get();
    List<String> two = pool.get();
    pool.put(one);
    pool.put(two);
    assertThat(pool.counts().putsKept()).isEqualTo(2);
  }

  @Test
  void aShareOfPutsIsDroppedAtRandom() {
    ThreadLocalPool<List<String>> pool = lists().dropPuts(0.25).build(epoch);
    for (int i = 0; i < 20_000; i++) {
      pool.put(pool.get());
    }
    // Nine standard deviations on each side.
    assertThat(pool.counts().putsDropped(DropReason.DEBUG)).isBetween(4_450L, 5_550L);
    assertThat(pool.counts().misses())
        .isEqualTo(pool.counts().putsDropped() + 1 - (pool.countIdle() == 0 ? 1 : 0));
  }

  @Test
  void thePropertySwitchesBothModesOn() {
    System.setProperty(DebugProperty.NAME, "drop=1, double");
    ThreadLocalPool<List<String>> pool = lists().build(epoch);
    List<String> one = pool.get();
    pool.put(one);
    assertThat(pool.counts().putsDropped(DropReason.DEBUG)).isEqualTo(1);
    assertThatThrownBy(() -> pool.put(one)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anUnknownWordIsNamedWithTheKnownOnes() {
    for (String bad : new String[] {"duble", "drop=2", "drop=x", "drop=NaN"}) {
      assertThatThrownBy(() -> DebugProperty.parse(bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("poolwatch.pool.debug")
          .hasMessageContaining("'" + bad + "'")
          .hasMessageContaining("drop=SHARE");
    }
    assertThat(DebugProperty.parse("drop").dropShare).isEqualTo(0.25);
    assertThat(DebugProperty.parse(null).detectDoublePut).isFalse();
  }

  @Test
  void resetRunsBeforeTheObjectIsKept() {
    ThreadLocalPool<List<String>> pool = lists().reset(List::clear).build(epoch);
    List<String> one = pool.get();
    one.add("dirt");
    pool.put(one);
    assertThat(pool.get()).isSameAs(one).isEmpty();
  }

  @Test
  void anObjectWhoseResetThrowsIsNotKept() {
    ThreadLocalPool<List<String>> pool =
        ThreadLocalPool.<List<String>>builder(List::of).reset(List::clear).build(epoch);
    assertThatThrownBy(() -> pool.put(pool.get()))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(pool.counts().putsDropped(DropReason.RESET_FAILED)).isEqualTo(1);
    assertThat(pool.countIdle()).isZero();
  }
}
