package io.poolwatch.examples.storefront.upstream;

import java.io.IOException;
import org.apache.commons.pool2.BaseKeyedPooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;

/** Opens, checks and closes the pooled connections. */
public class UpstreamConnectionFactory
    extends BaseKeyedPooledObjectFactory<UpstreamKey, UpstreamConnection> {

  @Override
  public UpstreamConnection create(UpstreamKey key) throws IOException {
    return UpstreamConnection.open(key);
  }

  @Override
  public PooledObject<UpstreamConnection> wrap(UpstreamConnection connection) {
    return new DefaultPooledObject<>(connection);
  }

  /** A look at our end of the socket: what a check on every borrow can afford. */
  @Override
  public boolean validateObject(UpstreamKey key, PooledObject<UpstreamConnection> pooled) {
    return pooled.getObject().isOpen();
  }

  @Override
  public void destroyObject(UpstreamKey key, PooledObject<UpstreamConnection> pooled)
      throws IOException {
    pooled.getObject().close();
  }
}
