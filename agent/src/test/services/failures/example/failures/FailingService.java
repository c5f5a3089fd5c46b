package example.failures;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.pool2.BaseKeyedPooledObjectFactory;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.SoftReferenceObjectPool;

/** Provokes the exceptions of Commons Pool2 and prints each with its stack trace. */
public final class FailingService {
  private static final List<Object> KEPT = new ArrayList<>();

  static final class Part {}

  static final class PartFactory extends BasePooledObjectFactory<Part> {
    boolean createFails;
    boolean activateFails;
    boolean validateFails;
    boolean passivateFails;
    boolean destroyFails;

    @Override
    public Part create() throws Exception {
      if (createFails) {
        throw new java.io.IOException("no part to be had");
      }
      return new Part();
    }

    @Override
    public PooledObject<Part> wrap(Part part) {
      return new DefaultPooledObject<>(part);
    }

    @Override
    public void activateObject(PooledObject<Part> part) {
      if (activateFails) {
        throw new IllegalArgumentException("cannot activate");
      }
    }

    @Override
    public boolean validateObject(PooledObject<Part> part) {
      if (validateFails) {
        throw new UnsupportedOperationException("cannot validate");
      }
      return true;
    }

    @Override
    public void passivateObject(PooledObject<Part> part) {
      if (passivateFails) {
        throw new ClassCastException("cannot passivate");
      }
    }

    @Override
    public void destroyObject(PooledObject<Part> part) {
      if (destroyFails) {
        throw new ArithmeticException("cannot destroy");
      }
    }
  }

  static final class KeyedPartFactory extends BaseKeyedPooledObjectFactory<String, Part> {
    @Override
    public Part create(String key) {
      if (key.isEmpty()) {
        throw new IllegalArgumentException("no key");
      }
      return new Part();
    }

    @Override
    public PooledObject<Part> wrap(Part part) {
      return new DefaultPooledObject<>(part);
    }
  }

  interface Step {
    void run() throws Throwable;
  }

  private FailingService() {}

  public static void main(String[] arguments) throws Exception {
    generic();
    keyed();
    soft();
  }

  private static void generic() throws Exception {
    PartFactory factory = new PartFactory();
    GenericObjectPool<Part> pool = new GenericObjectPool<>(factory);
    KEPT.add(pool);
    pool.setMaxTotal(2);
    pool.setBlockWhenExhausted(false);
    pool.setSwallowedExceptionListener(e -> e.printStackTrace(System.out));
    Part first = pool.borrowObject();
    Part second = pool.borrowObject();
    say("exhausted", pool::borrowObject);
    pool.setBlockWhenExhausted(true);
    say("waited in vain", () -> pool.borrowObject(5));
    pool.returnObject(first);
    say("returned twice", () -> pool.returnObject(first));
    say("never lent", () -> pool.returnObject(new Part()));
    say("never lent, invalidated", () -> pool.invalidateObject(new Part()));
    factory.activateFails = true;
    say("activation", pool::borrowObject);
    factory.activateFails = false;
    factory.createFails = true;
    say("creation", pool::borrowObject);
    say("creation in add", pool::addObject);
    factory.createFails = false;
    pool.setTestOnBorrow(true);
    factory.validateFails = true;
    say("validation", pool::borrowObject);
    pool.setTestOnBorrow(false);
    factory.validateFails = false;
    factory.passivateFails = true;
    say("passivation", () -> pool.returnObject(second));
    factory.passivateFails = false;
    factory.destroyFails = true;
    say("destruction", () -> pool.invalidateObject(pool.borrowObject()));
    factory.destroyFails = false;
    Thread.currentThread().interrupt();
    pool.setMaxTotal(0);
    say("interrupted", pool::borrowObject);
    Thread.interrupted();
    pool.close();
    say("closed", pool::borrowObject);
    say("closed, added to", pool::addObject);
  }

  private static void keyed() throws Exception {
    GenericKeyedObjectPool<String, Part> pool =
        new GenericKeyedObjectPool<>(new KeyedPartFactory());
    KEPT.add(pool);
    pool.setMaxTotalPerKey(1);
    pool.setBlockWhenExhausted(false);
    Part part = pool.borrowObject("a");
    say("keyed, exhausted", () -> pool.borrowObject("a"));
    say("keyed, other key", () -> pool.returnObject("b", part));
    say("keyed, creation", () -> pool.borrowObject(""));
    pool.returnObject("a", part);
    say("keyed, twice", () -> pool.returnObject("a", part));
    say("keyed, null", () -> pool.borrowObject(null));
    pool.close();
    say("keyed, closed", () -> pool.borrowObject("a"));
  }

  private static void soft() throws Exception {
    PartFactory factory = new PartFactory();
    SoftReferenceObjectPool<Part> pool = new SoftReferenceObjectPool<>(factory);
    KEPT.add(pool);
    factory.createFails = true;
    say("soft, creation", pool::borrowObject);
    say("soft, never lent", () -> pool.returnObject(new Part()));
    pool.close();
    say("soft, closed", pool::borrowObject);
  }

  private static void say(String what, Step step) {
    System.out.println(what + ":");
    try {
      step.run();
      System.out.println("  nothing thrown");
    } catch (Throwable thrown) {
      thrown.printStackTrace(System.out);
      System.out.println("  suppressed " + thrown.getSuppressed().length);
    }
  }
}
