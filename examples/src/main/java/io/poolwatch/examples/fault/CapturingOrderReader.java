package io.poolwatch.examples.fault;

import io.poolwatch.examples.storefront.OrderLine;
import io.poolwatch.examples.storefront.OrderLineCodec;
import io.poolwatch.examples.storefront.OrderPageFactory;
import io.poolwatch.examples.storefront.OrderReader;
import io.poolwatch.examples.storefront.PooledOrderReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.pool2.ObjectPool;

/**
 * Remembers each look at an order together with the pooled page that it was read into: {@link
 * Fault#CAPTURED}. Somebody saw the map grow and has it emptied when it is a third of the heap; the
 * pages then go back to a pool that has no room for them, long after they were promoted.
 */
final class CapturingOrderReader implements OrderReader {
  private final ObjectPool<byte[]> pages;
  private final OrderLineCodec codec;
  private final OrderReader correct;
  private final FaultSwitches switches;
  private final int mostLooks;
  private final Map<Long, byte[]> pageByLook = new HashMap<>();
  private long looks;

  CapturingOrderReader(ObjectPool<byte[]> pages, OrderLineCodec codec, FaultSwitches switches) {
    this(
        pages,
        codec,
        switches,
        (int) (Runtime.getRuntime().maxMemory() / 3 / OrderPageFactory.BYTES));
  }

  CapturingOrderReader(
      ObjectPool<byte[]> pages, OrderLineCodec codec, FaultSwitches switches, int mostLooks) {
    this.pages = pages;
    this.codec = codec;
    this.correct = new PooledOrderReader(pages, codec);
    this.switches = switches;
    this.mostLooks = mostLooks;
  }

  @Override
  public List<OrderLine> read(InputStream stored) throws IOException {
    if (!switches.isOn(Fault.CAPTURED)) {
      return correct.read(stored);
    }
    try {
      byte[] page = pages.borrowObject();
      try {
        return codec.decode(page, stored.readNBytes(page, 0, page.length));
      } finally {
        remember(page);
      }
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("No page to read into: " + e.getMessage(), e);
    }
  }

  private synchronized void remember(byte[] page) throws Exception {
    if (pageByLook.size() >= mostLooks) {
      for (byte[] old : pageByLook.values()) {
        pages.returnObject(old);
      }
      pageByLook.clear();
    }
    pageByLook.put(++looks, page);
  }
}
