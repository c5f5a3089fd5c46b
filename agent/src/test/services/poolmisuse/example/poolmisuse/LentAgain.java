package example.poolmisuse;

import org.apache.commons.pool2.ObjectPool;
import org.apache.commons.pool2.impl.SoftReferenceObjectPool;

/** Gives back a second time what has been lent to somebody else by then. */
final class LentAgain {
  private LentAgain() {}

  /** One fault, which shows as the next borrower gives the object back, and is refused. */
  static void toAnother(ObjectPool<Connection> pool) throws Exception {
    synchronized (pool) {
      Connection stale = pool.borrowObject();
      pool.returnObject(stale);
      Connection next = next(pool, stale);
      returnStale(pool, stale);
      Steps.refused(() -> returnOwn(pool, next));
    }
  }

  /** The same of a pool that refuses nothing; then it is lent to two, and taken away from them. */
  static void toAnother(SoftReferenceObjectPool<Connection> pool) throws Exception {
    synchronized (pool) {
      Connection stale = pool.borrowObject();
      pool.returnObject(stale);
      Connection next = next(pool, stale);
      returnStale(pool, stale);
      returnOwn(pool, next);
      pool.borrowObject();
      next(pool, next);
      pool.invalidateObject(next);
    }
  }

  private static Connection next(ObjectPool<Connection> pool, Connection expected)
      throws Exception {
    Connection next = pool.borrowObject();
    if (next != expected) {
      throw new IllegalStateException("expected to get the same again");
    }
    return next;
  }

  private static void returnStale(ObjectPool<Connection> pool, Connection connection)
      throws Exception {
    pool.returnObject(connection);
  }

  private static void returnOwn(ObjectPool<Connection> pool, Connection connection)
      throws Exception {
    pool.returnObject(connection);
  }
}
