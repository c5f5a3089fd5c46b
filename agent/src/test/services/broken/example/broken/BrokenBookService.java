package example.broken;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;

/** Breaks what the agent keeps about its pool, and goes on using the pool. */
public final class BrokenBookService {
  private static final List<Object> KEPT = new ArrayList<>();

  private BrokenBookService() {}

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
    pool.returnObject(pool.borrowObject());
    System.out.println("references removed: " + (breakBookOf(pool) > 0));
    for (int i = 0; i < 100; i++) {
      pool.invalidateObject(pool.borrowObject());
      pool.returnObject(pool.borrowObject());
    }
    System.out.println(
        "borrowed " + pool.getBorrowedCount()
            + " destroyed " + pool.getDestroyedCount()
            + " active " + pool.getNumActive());
    // Time for the agent to notice.
    Thread.sleep(2500);
  }

  private static int breakBookOf(Object pool) throws Exception {
    Object book = null;
    for (Class<?> c = pool.getClass(); c != null && book == null; c = c.getSuperclass()) {
      for (Field field : c.getDeclaredFields()) {
        if (field.getName().equals("poolwatch$book")) {
          field.setAccessible(true);
          book = field.get(pool);
        }
      }
    }
    int broken = 0;
    for (Field field : book.getClass().getDeclaredFields()) {
      if (!field.getType().isPrimitive()
          && !java.lang.reflect.Modifier.isStatic(field.getModifiers())) {
        field.setAccessible(true);
        field.set(book, null);
        broken++;
      }
    }
    return broken;
  }
}
