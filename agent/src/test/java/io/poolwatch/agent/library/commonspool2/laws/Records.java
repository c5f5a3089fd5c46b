package io.poolwatch.agent.library.commonspool2.laws;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.PooledObjectState;
import org.apache.commons.pool2.impl.DefaultPooledObject;

/** Records of pooled objects such as a factory may make itself. */
final class Records {
  private Records() {}

  /** A record that is no {@code DefaultPooledObject}, and so has no woven field. */
  @SuppressWarnings("unchecked")
  static PooledObject<Toy> foreign(PooledObject<Toy> record) {
    return (PooledObject<Toy>)
        Proxy.newProxyInstance(
            Records.class.getClassLoader(),
            new Class<?>[] {PooledObject.class},
            (proxy, method, args) -> {
              if (method.getName().equals("equals")) {
                return proxy == args[0];
              }
              try {
                return method.invoke(record, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** A record that can be lent again after it was destroyed. */
  static final class Reusable extends DefaultPooledObject<Toy> {
    private PooledObjectState state = PooledObjectState.IDLE;

    Reusable(Toy toy) {
      super(toy);
    }

    @Override
    public synchronized boolean allocate() {
      state = PooledObjectState.ALLOCATED;
      return true;
    }

    @Override
    public synchronized boolean deallocate() {
      state = PooledObjectState.IDLE;
      return true;
    }

    @Override
    public synchronized void invalidate() {
      state = PooledObjectState.INVALID;
    }

    @Override
    public synchronized PooledObjectState getState() {
      return state;
    }
  }
}
