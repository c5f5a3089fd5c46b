package io.poolwatch.agent.gc;

import io.poolwatch.memory.Memory;
import java.lang.instrument.Instrumentation;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * HotSpot's performance counters of this process, which {@code jstat} reads of others: memory that
 * the JVM writes into and that lasts as long as it. Immutable.
 */
final class PerfCounters {
  private static final byte LITTLE = 1;
  private static final int OF_ENTRIES = 24;
  private static final int LONG_TYPE = 'J';

  private final Map<String, Long> addresses;

  private PerfCounters(Map<String, Long> addresses) {
    this.addresses = addresses;
  }

  /**
   * Opens the JDK's package to this module alone, and reads where each counter is.
   *
   * @throws Throwable whatever kind of JVM it is that does not have them
   */
  static PerfCounters attach(Instrumentation instrumentation) throws Throwable {
    instrumentation.redefineModule(
        Object.class.getModule(),
        Collections.emptySet(),
        Collections.singletonMap("jdk.internal.perf", Set.of(PerfCounters.class.getModule())),
        Collections.emptyMap(),
        Collections.emptySet(),
        Collections.emptyMap());
    Class<?> type = Class.forName("jdk.internal.perf.Perf", true, null);
    Object perf = type.getMethod("getPerf").invoke(null);
    ByteBuffer memory;
    try {
      memory = (ByteBuffer) type.getMethod("attach", int.class).invoke(perf, 0);
    } catch (NoSuchMethodException older) {
      memory = (ByteBuffer) type.getMethod("attach", int.class, String.class).invoke(perf, 0, "r");
    }
    long base = Memory.getLong(memory, Memory.offset(Buffer.class.getDeclaredField("address")));
    return of(read(memory, base));
  }

  static PerfCounters of(Map<String, Long> addresses) {
    return new PerfCounters(addresses);
  }

  /** Names and addresses of those that are a single number. */
  static Map<String, Long> read(ByteBuffer memory, long base) {
    memory.order(memory.get(4) == LITTLE ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    Map<String, Long> addresses = new HashMap<>();
    int entry = memory.getInt(OF_ENTRIES);
    int entries = memory.getInt(OF_ENTRIES + 4);
    for (int i = 0; i < entries; i++) {
      boolean scalar = memory.getInt(entry + 8) == 0;
      if (scalar && memory.get(entry + 12) == LONG_TYPE) {
        String name = text(memory, entry + memory.getInt(entry + 4));
        addresses.put(name, base + entry + memory.getInt(entry + 16));
      }
      entry += memory.getInt(entry);
    }
    return addresses;
  }

  private static String text(ByteBuffer memory, int from) {
    StringBuilder text = new StringBuilder();
    for (int i = from; memory.get(i) != 0; i++) {
      text.append((char) memory.get(i));
    }
    return text.toString();
  }

  /**
   * Where a counter is.
   *
   * @throws NoSuchFieldException if this JVM has none of that name
   */
  long address(String name) throws NoSuchFieldException {
    Long address = addresses.get(name);
    if (address == null) {
      throw new NoSuchFieldException(name);
    }
    return address;
  }
}
