package io.poolwatch.examples.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.examples.storefront.OrderLineCodec;
import io.poolwatch.examples.storefront.PooledOrderReader;
import java.io.ByteArrayInputStream;
import java.util.List;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The map of captured pages, small enough to be filled by a test. */
class CapturingOrderReaderTest {
  private static final int MOST = 100;

  private final GenericObjectPool<byte[]> pages = PooledOrderReader.newPool();
  private final FaultSwitches switches = new FaultSwitches();
  private final OrderLineCodec codec = new OrderLineCodec();
  private final CapturingOrderReader reader =
      new CapturingOrderReader(pages, codec, switches, MOST);

  @AfterEach
  void close() {
    pages.close();
  }

  @Test
  void fullMapGivesAllPagesBackToAPoolThatHasNoRoomForThem() throws Exception {
    switches.set(Fault.CAPTURED, true);

    read(MOST);
    assertThat(pages.getNumActive()).isEqualTo(MOST);
    assertThat(pages.getDestroyedCount()).isZero();

    read(1);
    // The one just read was borrowed before the others were given back.
    assertThat(pages.getNumActive()).isEqualTo(1);
    assertThat(pages.getNumIdle()).isEqualTo(pages.getMaxIdle());
    assertThat(pages.getDestroyedCount()).isEqualTo(MOST - pages.getMaxIdle());
  }

  @Test
  void mapNeverHoldsMoreThanItsMost() throws Exception {
    switches.set(Fault.CAPTURED, true);

    for (int i = 0; i < 10 * MOST; i++) {
      read(1);
      assertThat(pages.getNumActive()).isLessThanOrEqualTo(MOST);
    }
  }

  private void read(int times) throws Exception {
    byte[] noLines = codec.encode(List.of());
    for (int i = 0; i < times; i++) {
      assertThat(reader.read(new ByteArrayInputStream(noLines))).isEmpty();
    }
  }
}
