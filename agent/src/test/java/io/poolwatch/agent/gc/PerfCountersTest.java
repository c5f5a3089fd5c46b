package io.poolwatch.agent.gc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PerfCountersTest {
  private static final int PROLOGUE = 32;
  private static final int ENTRY = 64;
  private static final int NAME = 20;
  private static final int VALUE = 56;

  @Test
  void numbersAreFoundByNameAndTextsPassedOver() {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      ByteBuffer memory = memory(order, "sun.gc.collector.0.invocations", "sun.gc.policy.name");
      // The second one is a text: its vector has a length.
      memory.putInt(PROLOGUE + ENTRY + 8, 4);
      memory.order(ByteOrder.BIG_ENDIAN);
      assertThat(PerfCounters.read(memory, 1_000))
          .isEqualTo(Map.of("sun.gc.collector.0.invocations", 1_000L + PROLOGUE + VALUE));
    }
  }

  @Test
  void aJvmThatRefusesIsNoSurprise() {
    Instrumentation refusing =
        (Instrumentation)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Instrumentation.class},
                (proxy, method, arguments) -> {
                  throw new UnsupportedOperationException(method.getName());
                });
    assertThatThrownBy(() -> PerfCounters.attach(refusing))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void aCounterThatWasRenamedIsNamed() {
    PerfCounters none = PerfCounters.of(Map.of());
    assertThatThrownBy(() -> none.address("sun.gc.policy.tenuringThreshold"))
        .isInstanceOf(NoSuchFieldException.class)
        .hasMessage("sun.gc.policy.tenuringThreshold");
  }

  private static ByteBuffer memory(ByteOrder order, String... names) {
    ByteBuffer memory = ByteBuffer.allocate(PROLOGUE + ENTRY * names.length).order(order);
    memory.put(4, (byte) (order == ByteOrder.LITTLE_ENDIAN ? 1 : 0));
    memory.putInt(24, PROLOGUE);
    memory.putInt(28, names.length);
    for (int i = 0; i < names.length; i++) {
      int entry = PROLOGUE + i * ENTRY;
      memory.putInt(entry, ENTRY);
      memory.putInt(entry + 4, NAME);
      memory.put(entry + 12, (byte) 'J');
      memory.putInt(entry + 16, VALUE);
      byte[] name = names[i].getBytes(StandardCharsets.US_ASCII);
      for (int k = 0; k < name.length; k++) {
        memory.put(entry + NAME + k, name[k]);
      }
    }
    return memory;
  }
}
