package io.poolwatch.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.book.Companion;
import io.poolwatch.book.ObjectBook;
import io.poolwatch.book.PoolFacts;
import io.poolwatch.book.PoolSystem;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ResetsTest {
  private final ObjectBook book =
      new ObjectBook(PoolSystem.named("some").build(), new PoolFacts("com.example.Pool"));

  @BeforeAll
  static void openMemory() {
    OpenMemory.open();
  }

  private static final class Request {
    @Nullable String tenant;
    Map<String, String> headers = new HashMap<>();
    final List<String> log = new ArrayList<>();
    byte[] body = new byte[8];
    ByteBuffer out = ByteBuffer.allocate(8);
    int state;
    long uses;
    volatile int seen;
  }

  private void giveBack(Object object, int times) {
    for (int i = 0; i < times; i++) {
      Companion watch = book.resets();
      assertThat(watch).isNotNull();
      Resets.returned(watch, object);
    }
  }

  private void giveBackUsed(Request request, int times) {
    for (int i = 0; i < times; i++) {
      request.uses++;
      request.seen++;
      // What is in it need not be wiped, and a new one is as good as a cleared one.
      request.body = new byte[] {(byte) i};
      request.headers = new HashMap<>();
      request.out.put(0, (byte) i);
      giveBack(request, 1);
    }
  }

  private ResetReading reading() {
    ResetReading reading = Resets.of(book);
    assertThat(reading).isNotNull();
    return reading;
  }

  private Map<String, Long> dirty() {
    Map<String, Long> dirty = new HashMap<>();
    for (ResetReading.Field field : reading().fields()) {
      if (field.dirty() > 0) {
        dirty.put(field.name(), field.dirty());
      }
    }
    return dirty;
  }

  @Test
  void nothingIsSaidBeforeItIsKnownWhatIsUsual() {
    Resets.watch(book);
    // The first one only tells the class.
    giveBack(new Request(), ResetWatch.TRIAL);
    assertThat(Resets.of(book)).isNull();
    giveBack(new Request(), 1);
    assertThat(reading().returns()).isEqualTo(ResetWatch.TRIAL);
    assertThat(dirty()).isEmpty();
  }

  @Test
  void whatIsLeftIsCountedByField() {
    Resets.watch(book);
    Request request = new Request();
    giveBackUsed(request, 1_000);
    assertThat(dirty()).isEmpty();
    assertThat(reading().unsteady()).containsExactly("uses");

    request.tenant = "somebody";
    request.log.add("line");
    giveBackUsed(request, 7);
    request.tenant = null;
    request.log.clear();
    request.out.position(3);
    request.state = 4;
    giveBackUsed(request, 2);

    assertThat(dirty())
        .containsOnly(
            Map.entry("tenant", 7L),
            Map.entry("log", 7L),
            Map.entry("out", 2L),
            Map.entry("state", 2L));
    assertThat(reading().returns()).isEqualTo(1_000 - 1 + 7 + 2);
    assertThat(reading().seen()).isNotNull();
  }

  @Test
  void whatOneReturnInTenChangesIsDirtFromTheStart() {
    Resets.watch(book);
    giveBack(new Request(), 1);
    for (int i = 0; i < ResetWatch.TRIAL; i++) {
      Request request = new Request();
      request.tenant = i % 10 == 0 ? "somebody" : null;
      request.state = i % 9 == 0 ? i + 1 : 0;
      giveBack(request, 1);
    }
    assertThat(dirty()).containsOnly(Map.entry("tenant", 10L));
    assertThat(reading().unsteady()).containsExactly("state");
  }

  @Test
  void whatIsMissingIsNoDirt() {
    Resets.watch(book);
    Request request = new Request();
    request.tenant = "all";
    giveBack(request, 200);
    request.tenant = null;
    giveBack(request, 50);
    assertThat(dirty()).isEmpty();
  }

  @Test
  void buffersHavePositionAndLimitAndContainersASize() {
    Resets.watch(book);
    ByteBuffer buffer = ByteBuffer.allocateDirect(64);
    giveBack(buffer, 150);
    buffer.put((byte) 1);
    giveBack(buffer, 3);
    buffer.clear().limit(10);
    giveBack(buffer, 2);
    assertThat(dirty()).containsOnly(Map.entry("position", 3L), Map.entry("limit", 2L));

    Resets.watch(book);
    StringBuilder text = new StringBuilder();
    giveBack(text, 150);
    text.append('x');
    giveBack(text, 4);
    assertThat(dirty()).containsOnly(Map.entry("size", 4L));
  }

  @Test
  void arraysHaveNothingToReset() {
    Resets.watch(book);
    giveBack(new byte[4], 200);
    assertThat(Resets.of(book)).isNull();
  }

  @Test
  void objectsOfAnotherClassAreLeftOut() {
    Resets.watch(book);
    giveBack(new Request(), 101);
    giveBack(new StringBuilder("left"), 10);
    assertThat(reading().returns()).isEqualTo(100);
  }

  @Test
  void nobodysCodeRuns() {
    Resets.watch(book);
    giveBack(new Touchy(), 200);
    assertThat(reading().returns()).isEqualTo(199);
  }

  private static final class Touchy {
    final Object other = this;
    final List<Object> list =
        new ArrayList<Object>() {
          @Override
          public int size() {
            throw new AssertionError();
          }
        };

    @Override
    public int hashCode() {
      throw new AssertionError();
    }

    @Override
    public boolean equals(@Nullable Object o) {
      throw new AssertionError();
    }
  }
}
