package io.poolwatch.agent.export;

import java.util.Scanner;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;

/**
 * A service with a real pool that knows nothing of any agent. Obeys {@code borrow N}, {@code exit}.
 */
final class PooledService {
  private PooledService() {}

  public static void main(String[] args) throws Exception {
    GenericObjectPool<StringBuilder> pool = new GenericObjectPool<>(new Factory());
    System.out.println("READY");
    Scanner orders = new Scanner(System.in, "UTF-8");
    while (orders.hasNextLine()) {
      String order = orders.nextLine();
      if (order.equals("exit")) {
        break;
      }
      int borrows = Integer.parseInt(order.substring("borrow ".length()));
      for (int i = 0; i < borrows; i++) {
        pool.returnObject(pool.borrowObject());
      }
      System.out.println("DONE");
    }
    System.exit(0);
  }

  private static final class Factory extends BasePooledObjectFactory<StringBuilder> {
    @Override
    public StringBuilder create() {
      return new StringBuilder();
    }

    @Override
    public PooledObject<StringBuilder> wrap(StringBuilder object) {
      return new DefaultPooledObject<>(object);
    }
  }
}
