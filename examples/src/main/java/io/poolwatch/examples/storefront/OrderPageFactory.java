package io.poolwatch.examples.storefront;

import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;

/** Makes the pooled pages; dropping one takes nothing. */
final class OrderPageFactory extends BasePooledObjectFactory<OrderPage> {

  @Override
  public OrderPage create() {
    return new OrderPage();
  }

  @Override
  public PooledObject<OrderPage> wrap(OrderPage page) {
    return new DefaultPooledObject<>(page);
  }
}
