package io.poolwatch.examples.storefront;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.commons.pool2.ObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;

/** Reads into pooled pages, as it should be done: borrow, read out, give back. */
public final class PooledOrderReader implements OrderReader {
  private final ObjectPool<byte[]> pages;
  private final OrderLineCodec codec;

  /** Uses, and does not close, {@code pages}. */
  public PooledOrderReader(ObjectPool<byte[]> pages, OrderLineCodec codec) {
    this.pages = pages;
    this.codec = codec;
  }

  /** The pool the storefront uses: as many as are read at once, one kept for each worker. */
  public static GenericObjectPool<byte[]> newPool() {
    GenericObjectPoolConfig<byte[]> config = new GenericObjectPoolConfig<>();
    config.setMaxTotal(-1);
    config.setMaxIdle(HttpServer.WORKERS);
    config.setJmxNameBase("io.poolwatch.examples:type=OrderPages,name=");
    return new GenericObjectPool<>(new OrderPageFactory(), config);
  }

  @Override
  public List<OrderLine> read(InputStream stored) throws IOException {
    byte[] page = borrow();
    try {
      return codec.decode(page, stored.readNBytes(page, 0, page.length));
    } finally {
      giveBack(page);
    }
  }

  private byte[] borrow() throws IOException {
    try {
      return pages.borrowObject();
    } catch (Exception e) {
      throw new IOException("No page to read into: " + e.getMessage(), e);
    }
  }

  private void giveBack(byte[] page) throws IOException {
    try {
      pages.returnObject(page);
    } catch (Exception e) {
      throw new IOException("Could not give back a page", e);
    }
  }
}
