package io.poolwatch.gc;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.fingerprint.OpenMemory;
import io.poolwatch.memory.Memory;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ThresholdNotesTest {
  private static final int THRESHOLD = 8;

  private final ByteBuffer counters = ByteBuffer.allocateDirect(16).order(ByteOrder.nativeOrder());
  private ThresholdNotes notes;
  private long stamp;

  @BeforeEach
  void open() throws Throwable {
    OpenMemory.open();
    long address =
        Memory.getLong(counters, Memory.offset(Buffer.class.getDeclaredField("address")));
    notes = new ThresholdNotes(address, address + THRESHOLD);
  }

  private void collected(int threshold) {
    counters.putLong(0, counters.getLong(0) + 1);
    counters.putLong(THRESHOLD, threshold);
    stamp++;
  }

  @Test
  void theFirstBirthAfterACollectionNotesWhatItFinds() {
    collected(15);
    notes.born(stamp);
    collected(1);
    notes.born(stamp);
    assertThat(notes.at(1)).isEqualTo(15);
    assertThat(notes.at(2)).isEqualTo(1);
  }

  @Test
  void withoutABirthNothingIsKnown() {
    assertThat(notes.at(0)).isEqualTo(-1);
    collected(15);
    collected(7);
    notes.born(stamp);
    assertThat(notes.at(1)).isEqualTo(-1);
    assertThat(notes.at(2)).isEqualTo(7);
    assertThat(notes.at(3)).isEqualTo(-1);
  }

  @Test
  void aFullCollectionIsNoYoungOne() {
    collected(4);
    notes.born(stamp);
    stamp++;
    notes.born(stamp);
    assertThat(notes.at(1)).isEqualTo(4);
    assertThat(notes.at(2)).isEqualTo(-1);
  }

  @Test
  void whatIsLongAgoIsForgottenAndNotTakenForAnother() {
    for (int i = 0; i < 1_000; i++) {
      collected(i % 15 + 1);
      notes.born(stamp);
    }
    assertThat(notes.at(1)).isEqualTo(-1);
    assertThat(notes.at(900)).isEqualTo(-1);
    assertThat(notes.at(999)).isEqualTo(998 % 15 + 1);
    assertThat(notes.at(1_000)).isEqualTo(999 % 15 + 1);
  }

  @Test
  void whatIsNoThresholdIsNotNoted() {
    collected(-5);
    notes.born(stamp);
    assertThat(notes.at(1)).isEqualTo(-1);
  }
}
