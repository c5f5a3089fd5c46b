package io.poolwatch.examples.storefront;

import io.poolwatch.examples.storefront.upstream.UpstreamKey;
import io.poolwatch.examples.storefront.upstream.Upstreams;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the shop does, apart from HTTP. Safe for use by many threads. */
final class Shop {
  private static final Logger log = LoggerFactory.getLogger(Shop.class);

  private final ProductCatalog catalog;
  private final OrderTable orders;
  private final AuditTrail audit;
  private final Upstreams upstreams;
  private final InetSocketAddress inventory;
  private final InetSocketAddress shipping;

  Shop(
      ProductCatalog catalog,
      OrderTable orders,
      AuditTrail audit,
      Upstreams upstreams,
      InetSocketAddress inventory,
      InetSocketAddress shipping) {
    this.catalog = catalog;
    this.orders = orders;
    this.audit = audit;
    this.upstreams = upstreams;
    this.inventory = inventory;
    this.shipping = shipping;
  }

  ProductCatalog catalog() {
    return catalog;
  }

  /** Reserves the goods and records the order; null if something is out of stock. */
  @Nullable Order place(String customer, String serviceLevel, List<OrderLine> lines)
      throws IOException, SQLException {
    UpstreamKey key = new UpstreamKey(inventory, serviceLevel);
    for (OrderLine line : lines) {
      String answer =
          upstreams.ask(key, customer, "RESERVE " + line.getSku() + " " + line.getQuantity());
      if (!answer.equals("RESERVED")) {
        return null;
      }
    }
    Order order = orders.insert(customer, lines);
    try {
      audit.placed(order);
    } catch (SQLException e) {
      log.warn("Order {} is not in the audit trail: {}", order.getId(), e.getMessage());
    }
    return order;
  }

  @Nullable Order find(long id) throws IOException, SQLException {
    return orders.find(id);
  }

  /** What sending so much to that country costs, in cents. */
  long quoteShipping(String customer, String serviceLevel, String country, int weightGrams)
      throws IOException {
    return Long.parseLong(
        upstreams.ask(
            new UpstreamKey(shipping, serviceLevel),
            customer,
            "QUOTE " + country + " " + weightGrams));
  }
}
