package example.staleuse;

import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;

/** A factory that uses its objects at every turn, from another thread too. */
final class Clients extends BasePooledObjectFactory<Client> {
  @Override
  public Client create() {
    return new Client();
  }

  @Override
  public PooledObject<Client> wrap(Client client) {
    return new DefaultPooledObject<>(client);
  }

  @Override
  public void activateObject(PooledObject<Client> pooled) {
    use(pooled);
  }

  @Override
  public boolean validateObject(PooledObject<Client> pooled) {
    Thread helper = new Thread(() -> use(pooled));
    helper.start();
    try {
      helper.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return true;
  }

  @Override
  public void passivateObject(PooledObject<Client> pooled) {
    pooled.getObject().reset();
  }

  @Override
  public void destroyObject(PooledObject<Client> pooled) {
    use(pooled);
  }

  private static void use(PooledObject<Client> pooled) {
    pooled.getObject().send(1);
    pooled.getObject().ping();
  }
}
