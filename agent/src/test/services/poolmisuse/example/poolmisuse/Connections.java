package example.poolmisuse;

import java.util.function.Supplier;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;

/** Makes connections, and hands one record out twice when told to. */
final class Connections extends BasePooledObjectFactory<Connection> {
  private Supplier<PooledObject<Connection>> maker = () -> wrap(create());

  void makeBy(Supplier<PooledObject<Connection>> other) {
    maker = other;
  }

  void makeWell() {
    maker = () -> wrap(create());
  }

  @Override
  public PooledObject<Connection> makeObject() {
    return maker.get();
  }

  @Override
  public Connection create() {
    return new Connection();
  }

  @Override
  public PooledObject<Connection> wrap(Connection connection) {
    return new DefaultPooledObject<>(connection);
  }
}
