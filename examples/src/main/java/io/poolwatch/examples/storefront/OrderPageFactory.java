package io.poolwatch.examples.storefront;

import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;

/** Makes the pooled pages: room for the stored lines of one order, the largest one included. */
public final class OrderPageFactory extends BasePooledObjectFactory<byte[]> {
  /** The most that the lines of one order take in the database. */
  public static final int BYTES = 128 * 1024;

  OrderPageFactory() {}

  @Override
  public byte[] create() {
    return new byte[BYTES];
  }

  @Override
  public PooledObject<byte[]> wrap(byte[] page) {
    return new DefaultPooledObject<>(page);
  }
}
