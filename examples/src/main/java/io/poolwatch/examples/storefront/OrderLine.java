package io.poolwatch.examples.storefront;

/** So many of one product, at the price of the day. Immutable. */
public final class OrderLine {
  private final String sku;
  private final int quantity;
  private final long priceCents;

  OrderLine(String sku, int quantity, long priceCents) {
    this.sku = sku;
    this.quantity = quantity;
    this.priceCents = priceCents;
  }

  public String getSku() {
    return sku;
  }

  public int getQuantity() {
    return quantity;
  }

  public long getPriceCents() {
    return priceCents;
  }
}
