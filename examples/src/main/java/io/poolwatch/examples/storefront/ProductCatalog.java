package io.poolwatch.examples.storefront;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the shop sells. Immutable. */
public final class ProductCatalog {
  private final Map<String, Product> bySku = new LinkedHashMap<>();

  private ProductCatalog(Collection<Product> products) {
    for (Product product : products) {
      bySku.put(product.getSku(), product);
    }
  }

  /** The shop's range. */
  public static ProductCatalog standard() {
    return new ProductCatalog(
        List.of(
            new Product("tea-assam", "Assam tea, 250 g", 790, 270),
            new Product("tea-sencha", "Sencha tea, 100 g", 1_150, 120),
            new Product("pot-iron", "Cast-iron teapot", 6_490, 1_900),
            new Product("pot-glass", "Glass teapot", 2_990, 640),
            new Product("cup-clay", "Clay cup", 890, 180),
            new Product("cup-set", "Set of six cups", 3_990, 1_100),
            new Product("whisk", "Bamboo whisk", 1_290, 40),
            new Product("kettle", "Kettle with thermometer", 8_900, 1_450)));
  }

  /** All products, in the order of the catalogue. */
  public List<Product> all() {
    return Collections.unmodifiableList(new ArrayList<>(bySku.values()));
  }

  /** The product, or null if the shop does not sell it. */
  public @Nullable Product find(String sku) {
    return bySku.get(sku);
  }
}
