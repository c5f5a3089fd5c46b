package example.orders;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;

/** Borrows and returns from Commons Pool2, always the same, and prints what the pool counted. */
@SuppressWarnings({"rawtypes", "unchecked"}) // The configuration has no type parameter before 2.5.
public final class OrderService {
  static final class Order {
    int uses;
  }

  static final class OrderFactory extends BasePooledObjectFactory<Order> {
    @Override
    public Order create() {
      return new Order();
    }

    @Override
    public PooledObject<Order> wrap(Order order) {
      return new DefaultPooledObject<>(order);
    }
  }

  private OrderService() {}

  public static void main(String[] arguments) throws Exception {
    run(true, 1000);
  }

  static void run(boolean jmx, int times) throws Exception {
    GenericObjectPoolConfig configuration = new GenericObjectPoolConfig();
    configuration.setJmxEnabled(jmx);
    GenericObjectPool<Order> pool = new GenericObjectPool<>(new OrderFactory(), configuration);
    pool.setMaxTotal(6);
    pool.setMaxIdle(4);
    pool.setBlockWhenExhausted(false);
    List<Order> lent = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      lent.add(pool.borrowObject());
    }
    try {
      pool.borrowObject();
      throw new AssertionError("lent more than it has");
    } catch (NoSuchElementException expected) {
      System.out.println("exhausted");
    }
    for (Order order : lent) {
      pool.returnObject(order);
    }
    long uses = 0;
    for (int i = 0; i < times; i++) {
      Order order = pool.borrowObject();
      uses += ++order.uses;
      pool.returnObject(order);
    }
    pool.invalidateObject(pool.borrowObject());
    System.out.println("uses " + uses);
    System.out.println(
        "borrowed " + pool.getBorrowedCount()
            + " created " + pool.getCreatedCount()
            + " destroyed " + pool.getDestroyedCount()
            + " idle " + pool.getNumIdle()
            + " active " + pool.getNumActive());
    // Reachable until the end: what the collector takes is no part of this.
    if (pool.isClosed()) {
      throw new AssertionError();
    }
    KEPT.add(pool);
  }

  private static final List<Object> KEPT = new ArrayList<>();
}
