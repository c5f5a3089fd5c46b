package io.poolwatch.agent.library.commonspool2.laws;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;

/** A factory of toys that need not be destroyed. */
class Maker extends BasePooledObjectFactory<Toy> {
  final AtomicLong made = new AtomicLong();
  volatile boolean failsToMake;

  /** What is done before an object is made; null for nothing. */
  volatile Callable<?> before;

  /** What is made instead of a new toy; null for nothing. */
  volatile Supplier<Toy> instead;

  @Override
  public Toy create() throws Exception {
    if (before != null) {
      before.call();
    }
    if (failsToMake) {
      throw new Exception("no toys left");
    }
    made.incrementAndGet();
    return instead == null ? new Toy() : instead.get();
  }

  @Override
  public PooledObject<Toy> wrap(Toy toy) {
    return new DefaultPooledObject<>(toy);
  }

  /** One that counts its records. */
  static final class Counting extends Maker {
    int wrapped;

    @Override
    public PooledObject<Toy> wrap(Toy toy) {
      wrapped++;
      return new DefaultPooledObject<>(toy);
    }
  }

  /** One that activates, validates and passivates; writes down in which states it does. */
  static class Attentive extends Maker {
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<String> states = new CopyOnWriteArrayList<>();
    volatile boolean failsToActivate;
    volatile boolean failsToPassivate;
    volatile boolean failsToValidate;
    volatile boolean valid = true;

    /** The record of the object that was activated last. */
    volatile PooledObject<Toy> record;

    /** What was called since the last time. */
    List<String> calls() {
      return List.copyOf(calls);
    }

    /** The states of the record in these calls. */
    List<String> states() {
      return List.copyOf(states);
    }

    void forget() {
      calls.clear();
      states.clear();
    }

    void note(String call, PooledObject<Toy> toy) {
      calls.add(call);
      states.add(toy.getState().name());
      record = toy;
    }

    @Override
    public void activateObject(PooledObject<Toy> toy) throws Exception {
      note("activate", toy);
      if (failsToActivate) {
        throw new Exception("not activated");
      }
    }

    @Override
    public boolean validateObject(PooledObject<Toy> toy) {
      note("validate", toy);
      if (failsToValidate) {
        throw new IllegalStateException("not validated");
      }
      return valid;
    }

    @Override
    public void passivateObject(PooledObject<Toy> toy) throws Exception {
      note("passivate", toy);
      if (failsToPassivate) {
        throw new Exception("not passivated");
      }
    }
  }

  /** One that has something to do, and remembers nothing of it. */
  static final class Resetting extends Attentive {
    @Override
    void note(String call, PooledObject<Toy> toy) {}
  }

  /** One with records of its own. */
  static final class Recording extends Attentive {
    @Override
    public PooledObject<Toy> wrap(Toy toy) {
      return new DefaultPooledObject<Toy>(toy) {};
    }
  }

  /** One whose toys have to be destroyed. */
  static final class Destroying extends Attentive {
    @Override
    public void destroyObject(PooledObject<Toy> toy) {
      toy.getObject().play();
    }
  }
}
