package example.poolfindings.dbcp2;

import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;

/** Named as DBCP's is, which makes a pool of statements for each of its connections. */
public final class PoolingConnection extends BasePooledObjectFactory<Object> {
  @Override
  public Object create() {
    return new Object();
  }

  @Override
  public PooledObject<Object> wrap(Object made) {
    return new DefaultPooledObject<>(made);
  }
}
