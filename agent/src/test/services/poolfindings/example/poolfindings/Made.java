package example.poolfindings;

import java.util.function.Supplier;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;

/** Makes objects. */
class Made<T> extends BasePooledObjectFactory<T> {
  private final Supplier<T> maker;

  Made(Supplier<T> maker) {
    this.maker = maker;
  }

  @Override
  public T create() {
    return maker.get();
  }

  @Override
  public PooledObject<T> wrap(T made) {
    return new DefaultPooledObject<>(made);
  }
}
