package example.traced;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;

/** Lends within requests, that another agent makes spans of. */
public final class TracedService {
  private static final List<Object> KEPT = new ArrayList<>();

  private TracedService() {}

  public static void main(String[] arguments) throws Exception {
    GenericObjectPool<StringBuilder> pool =
        new GenericObjectPool<>(
            new BasePooledObjectFactory<StringBuilder>() {
              @Override
              public StringBuilder create() {
                return new StringBuilder();
              }

              @Override
              public PooledObject<StringBuilder> wrap(StringBuilder text) {
                return new DefaultPooledObject<>(text);
              }
            });
    KEPT.add(pool);
    for (int i = 0; i < 160; i++) {
      request(pool);
      Thread.sleep(25);
    }
    returnTwice(pool);
    System.out.println("borrowed " + pool.getBorrowedCount());
  }

  /** In a span of its own, as {@code request} is. */
  public static void returnTwice(GenericObjectPool<StringBuilder> pool) throws Exception {
    StringBuilder text = pool.borrowObject();
    pool.returnObject(text);
    try {
      pool.returnObject(text);
    } catch (IllegalStateException expected) {
      return;
    }
  }

  public static void request(GenericObjectPool<StringBuilder> pool) throws Exception {
    StringBuilder text = pool.borrowObject();
    Thread.sleep(1);
    pool.returnObject(text);
  }
}
