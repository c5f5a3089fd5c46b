package io.poolwatch.examples.storefront;

/** Something the shop sells. Immutable. */
public final class Product {
  private final String sku;
  private final String name;
  private final long priceCents;
  private final int weightGrams;

  Product(String sku, String name, long priceCents, int weightGrams) {
    this.sku = sku;
    this.name = name;
    this.priceCents = priceCents;
    this.weightGrams = weightGrams;
  }

  public String getSku() {
    return sku;
  }

  public String getName() {
    return name;
  }

  public long getPriceCents() {
    return priceCents;
  }

  public int getWeightGrams() {
    return weightGrams;
  }
}
