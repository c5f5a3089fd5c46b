package io.poolwatch.examples.storefront;

import java.util.List;

/** An order as it was placed. Immutable. */
public final class Order {
  private final long id;
  private final String customer;
  private final List<OrderLine> lines;

  Order(long id, String customer, List<OrderLine> lines) {
    this.id = id;
    this.customer = customer;
    this.lines = List.copyOf(lines);
  }

  public long getId() {
    return id;
  }

  public String getCustomer() {
    return customer;
  }

  public List<OrderLine> getLines() {
    return lines;
  }

  /** What the order costs, in cents. */
  public long getTotalCents() {
    long total = 0;
    for (OrderLine line : lines) {
      total += line.getQuantity() * line.getPriceCents();
    }
    return total;
  }
}
