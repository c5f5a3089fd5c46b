package io.poolwatch.gc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What holds before anybody has looked at the JVM's counters. */
class EpochsTest {

  @Test
  void beforeTheOpeningOnlyWhatIsBornOldIsTenured() {
    assertThat(Epochs.isOn()).isFalse();
    assertThat(Epochs.now()).isZero();
    assertThat(Epochs.birth(new byte[8])).isZero();
    assertThat(Epochs.birth(null)).isZero();
    assertThat(Epochs.isTenured(0)).isFalse();
    assertThat(Epochs.wasTenured(0, 0)).isFalse();
    assertThat(Epochs.isTenured(Epochs.BORN_OLD)).isTrue();
    assertThat(Epochs.wasTenured(Epochs.BORN_OLD, 0)).isTrue();
    assertThat(Epochs.kindOf(Epochs.BORN_OLD)).isEqualTo(PromotionKind.BORN_OLD);
  }

  @Test
  void anUnknownBirthIsNeverTenured() {
    assertThat(Epochs.isTenured(Epochs.UNKNOWN)).isFalse();
    assertThat(Epochs.wasTenured(Epochs.UNKNOWN, Epochs.UNKNOWN)).isFalse();
  }
}
