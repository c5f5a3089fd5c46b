package io.poolwatch.agent.library.commonspool2.laws;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.commons.pool2.KeyedPooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.PooledObjectFactory;
import org.apache.commons.pool2.impl.DefaultPooledObject;

/** A factory that counts its calls and fails when told to. */
class ToyFactory implements PooledObjectFactory<Toy>, KeyedPooledObjectFactory<String, Toy> {
  final AtomicLong made = new AtomicLong();
  final AtomicLong destroyed = new AtomicLong();
  Supplier<Toy> toys = Toy::new;
  Function<Toy, PooledObject<Toy>> records = DefaultPooledObject::new;
  volatile boolean failsToMake;
  volatile boolean failsToActivate;
  volatile boolean diesOfActivation;
  volatile boolean failsToPassivate;
  volatile boolean failsToValidate;
  volatile boolean failsToDestroy;
  volatile boolean valid = true;
  volatile Runnable whileMaking = () -> {};
  volatile Runnable whileActivating = () -> {};
  volatile Runnable whileValidating = () -> {};

  @Override
  public PooledObject<Toy> makeObject() throws Exception {
    whileMaking.run();
    if (failsToMake) {
      throw new Exception("no toys left");
    }
    made.incrementAndGet();
    return records.apply(toys.get());
  }

  @Override
  public void activateObject(PooledObject<Toy> toy) throws Exception {
    whileActivating.run();
    if (failsToActivate) {
      throw new Exception("not activated");
    }
    if (diesOfActivation) {
      throw new StackOverflowError("activation");
    }
  }

  @Override
  public boolean validateObject(PooledObject<Toy> toy) {
    whileValidating.run();
    if (failsToValidate) {
      throw new IllegalArgumentException("not validated");
    }
    return valid;
  }

  @Override
  public void passivateObject(PooledObject<Toy> toy) throws Exception {
    if (failsToPassivate) {
      throw new Exception("not passivated");
    }
  }

  @Override
  public void destroyObject(PooledObject<Toy> toy) throws Exception {
    destroyed.incrementAndGet();
    if (failsToDestroy) {
      throw new Exception("not destroyed");
    }
  }

  @Override
  public PooledObject<Toy> makeObject(String key) throws Exception {
    return makeObject();
  }

  @Override
  public void activateObject(String key, PooledObject<Toy> toy) throws Exception {
    activateObject(toy);
  }

  @Override
  public boolean validateObject(String key, PooledObject<Toy> toy) {
    return validateObject(toy);
  }

  @Override
  public void passivateObject(String key, PooledObject<Toy> toy) throws Exception {
    passivateObject(toy);
  }

  @Override
  public void destroyObject(String key, PooledObject<Toy> toy) throws Exception {
    destroyObject(toy);
  }
}
