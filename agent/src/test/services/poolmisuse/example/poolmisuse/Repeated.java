package example.poolmisuse;

import org.apache.commons.pool2.ObjectPool;

/**
 * Faults of pools in which so much happens that the stacks of this second are used up; as they are
 * repeated, each is to be known from both sides.
 */
final class Repeated {
  static final int TIMES = 2;

  private static final int STACKS_USED_UP = 50;

  private Repeated() {}

  static void returnTwice(ObjectPool<Connection> pool) throws Exception {
    useUpStacks(pool);
    for (int time = 0; time < TIMES; time++) {
      Connection connection = pool.borrowObject();
      pool.returnObject(connection);
      Steps.refused(() -> pool.returnObject(connection));
    }
  }

  static void useDestroyed(ObjectPool<Connection> pool) throws Exception {
    useUpStacks(pool);
    for (int time = 0; time < TIMES; time++) {
      Connection connection = pool.borrowObject();
      destroy(pool, connection);
      Steps.refused(() -> pool.returnObject(connection));
    }
  }

  private static void destroy(ObjectPool<Connection> pool, Connection connection)
      throws Exception {
    pool.invalidateObject(connection);
  }

  private static void useUpStacks(ObjectPool<Connection> pool) throws Exception {
    for (int i = 0; i < STACKS_USED_UP; i++) {
      pool.returnObject(pool.borrowObject());
    }
  }
}
