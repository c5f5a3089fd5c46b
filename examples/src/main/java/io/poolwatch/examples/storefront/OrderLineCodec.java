package io.poolwatch.examples.storefront;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.poolwatch.pool.ThreadLocalPool;
import java.util.ArrayList;
import java.util.List;

/**
 * Order lines to bytes and back, with Kryo. A {@link Kryo} is costly to build and not thread-safe,
 * so each is lent from a pool together with its buffers. Safe for use by many threads.
 */
public final class OrderLineCodec {
  private static final byte[] NOTHING = {};

  private final ThreadLocalPool<Workbench> pool =
      ThreadLocalPool.builder(Workbench::new).name("order-line-codec").build();

  /** The order lines as bytes, to be stored. */
  public byte[] encode(List<OrderLine> lines) {
    Workbench bench = pool.get();
    try {
      bench.output.reset();
      bench.output.writeVarInt(lines.size(), true);
      for (OrderLine line : lines) {
        bench.kryo.writeObject(bench.output, line);
      }
      return bench.output.toBytes();
    } finally {
      pool.put(bench);
    }
  }

  /** The order lines that the first {@code length} bytes are; nothing of the page is kept. */
  public List<OrderLine> decode(byte[] page, int length) {
    Workbench bench = pool.get();
    try {
      bench.input.setBuffer(page, 0, length);
      int size = bench.input.readVarInt(true);
      List<OrderLine> lines = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        lines.add(bench.kryo.readObject(bench.input, OrderLine.class));
      }
      return lines;
    } finally {
      // A pooled bench must not hold on to somebody else's page.
      bench.input.setBuffer(NOTHING);
      pool.put(bench);
    }
  }

  /** A Kryo with its buffers: what one thread at a time works with. */
  private static final class Workbench {
    final Kryo kryo = new Kryo();
    final Output output = new Output(512, -1);
    final Input input = new Input();

    Workbench() {
      kryo.register(OrderLine.class, new OrderLineSerializer());
    }
  }

  private static final class OrderLineSerializer extends Serializer<OrderLine> {
    OrderLineSerializer() {
      super(false, true);
    }

    @Override
    public void write(Kryo kryo, Output output, OrderLine line) {
      output.writeString(line.getSku());
      output.writeVarInt(line.getQuantity(), true);
      output.writeVarLong(line.getPriceCents(), true);
    }

    @Override
    public OrderLine read(Kryo kryo, Input input, Class<? extends OrderLine> type) {
      return new OrderLine(input.readString(), input.readVarInt(true), input.readVarLong(true));
    }
  }
}
