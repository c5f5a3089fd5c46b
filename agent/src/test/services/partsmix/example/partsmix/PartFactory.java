package example.partsmix;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.commons.pool2.KeyedPooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.PooledObjectFactory;
import org.apache.commons.pool2.impl.DefaultPooledObject;

/** Fails at random in what leads to a removal, and counts what it makes and destroys. */
final class PartFactory
    implements PooledObjectFactory<Part>, KeyedPooledObjectFactory<String, Part> {
  final AtomicLong made = new AtomicLong();
  final AtomicLong destroyed = new AtomicLong();

  /** Eviction and clearing may meet on an object; the library then destroys it twice. */
  final AtomicLong destroyedAgain = new AtomicLong();

  volatile boolean bad = true;

  private void mayFail(String what) throws Exception {
    if (fails()) {
      throw new Exception(what);
    }
  }

  private boolean fails() {
    return bad && ThreadLocalRandom.current().nextInt(20) == 0;
  }

  @Override
  public PooledObject<Part> makeObject() throws Exception {
    mayFail("make");
    made.incrementAndGet();
    return new DefaultPooledObject<>(new Part());
  }

  @Override
  public void activateObject(PooledObject<Part> part) throws Exception {
    mayFail("activate");
  }

  @Override
  public boolean validateObject(PooledObject<Part> part) {
    return !fails();
  }

  @Override
  public void passivateObject(PooledObject<Part> part) throws Exception {
    mayFail("passivate");
  }

  @Override
  public void destroyObject(PooledObject<Part> part) {
    boolean first = part.getObject().destroyed.compareAndSet(false, true);
    (first ? destroyed : destroyedAgain).incrementAndGet();
  }

  @Override
  public PooledObject<Part> makeObject(String key) throws Exception {
    return makeObject();
  }

  @Override
  public void activateObject(String key, PooledObject<Part> part) throws Exception {
    activateObject(part);
  }

  @Override
  public boolean validateObject(String key, PooledObject<Part> part) {
    return validateObject(part);
  }

  @Override
  public void passivateObject(String key, PooledObject<Part> part) throws Exception {
    passivateObject(part);
  }

  @Override
  public void destroyObject(String key, PooledObject<Part> part) {
    destroyObject(part);
  }
}
