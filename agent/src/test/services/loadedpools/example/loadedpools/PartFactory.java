package example.loadedpools;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.commons.pool2.KeyedPooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.PooledObjectFactory;
import org.apache.commons.pool2.impl.DefaultPooledObject;

/** Finds one object in twenty unfit, and counts what it makes and destroys. */
class PartFactory
    implements PooledObjectFactory<StringBuilder>, KeyedPooledObjectFactory<String, StringBuilder> {
  final AtomicLong made = new AtomicLong();
  final AtomicLong destroyed = new AtomicLong();

  @Override
  public PooledObject<StringBuilder> makeObject() {
    made.incrementAndGet();
    return new DefaultPooledObject<>(new StringBuilder());
  }

  @Override
  public void activateObject(PooledObject<StringBuilder> part) {}

  @Override
  public boolean validateObject(PooledObject<StringBuilder> part) {
    return ThreadLocalRandom.current().nextInt(20) != 0;
  }

  @Override
  public void passivateObject(PooledObject<StringBuilder> part) {}

  @Override
  public void destroyObject(PooledObject<StringBuilder> part) {
    destroyed.incrementAndGet();
  }

  @Override
  public PooledObject<StringBuilder> makeObject(String key) {
    return makeObject();
  }

  @Override
  public void activateObject(String key, PooledObject<StringBuilder> part) {}

  @Override
  public boolean validateObject(String key, PooledObject<StringBuilder> part) {
    return validateObject(part);
  }

  @Override
  public void passivateObject(String key, PooledObject<StringBuilder> part) {}

  @Override
  public void destroyObject(String key, PooledObject<StringBuilder> part) {
    destroyObject(part);
  }
}
