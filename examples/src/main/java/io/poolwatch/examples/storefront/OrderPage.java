package io.poolwatch.examples.storefront;

import java.io.IOException;
import java.io.InputStream;

/**
 * Room for the stored lines of one order, the largest one included. Not thread-safe: it belongs to
 * whoever borrowed it.
 */
public final class OrderPage {
  /** The most that the lines of one order take in the database. */
  public static final int BYTES = 128 * 1024;

  private final byte[] bytes = new byte[BYTES];
  private int length;

  OrderPage() {}

  /** Takes in what is stored; what it held before is gone. */
  public void fill(InputStream stored) throws IOException {
    length = stored.readNBytes(bytes, 0, BYTES);
  }

  byte[] bytes() {
    return bytes;
  }

  /** How many of the bytes count. */
  int length() {
    return length;
  }
}
