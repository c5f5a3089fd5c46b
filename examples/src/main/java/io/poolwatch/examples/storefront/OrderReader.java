package io.poolwatch.examples.storefront;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Reads the lines of orders back from how they are stored. Safe for use by many threads. */
public interface OrderReader {

  /**
   * The lines of one order.
   *
   * @throws IOException when they cannot be read, or there is no page to read them into
   */
  List<OrderLine> read(InputStream stored) throws IOException;
}
