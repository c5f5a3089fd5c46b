package io.poolwatch.agent.library.commonspool2.laws;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.SoftReferenceObjectPool;

/** Everything that a service can see when pools refuse or fail, stack traces included. */
public final class Transcript implements Callable<String> {
  private final StringWriter text = new StringWriter();
  private final ToyFactory factory = new ToyFactory();

  @Override
  public String call() throws Exception {
    GenericObjectPool<Toy> pool = new GenericObjectPool<>(factory);
    pool.setBlockWhenExhausted(false);
    pool.setMaxTotal(1);
    Toy toy = pool.borrowObject();
    note(pool::borrowObject);
    note(() -> returned(pool, new Toy()));
    pool.returnObject(toy);
    note(() -> returned(pool, toy));
    factory.failsToActivate = true;
    note(pool::borrowObject);
    factory.failsToActivate = false;
    factory.failsToMake = true;
    note(pool::borrowObject);
    factory.failsToMake = false;
    pool.setTestOnBorrow(true);
    factory.failsToValidate = true;
    note(pool::borrowObject);
    pool.close();
    note(pool::borrowObject);
    note(() -> new GenericObjectPool<Toy>(null));

    GenericKeyedObjectPool<String, Toy> keyed = new GenericKeyedObjectPool<>(factory);
    keyed.setTestOnBorrow(true);
    note(() -> keyed.borrowObject("a"));
    keyed.setTestOnBorrow(false);
    keyed.borrowObject("a");
    note(
        () -> {
          keyed.invalidateObject("a", new Toy());
          return null;
        });
    note(
        () -> {
          keyed.returnObject("b", new Toy());
          return null;
        });
    note(
        () -> {
          keyed.evict();
          return null;
        });

    SoftReferenceObjectPool<Toy> soft = new SoftReferenceObjectPool<>(factory);
    note(soft::borrowObject);
    note(
        () -> {
          soft.addObject();
          return null;
        });
    note(
        () -> {
          soft.returnObject(new Toy());
          return null;
        });
    return text.toString();
  }

  private static Object returned(GenericObjectPool<Toy> pool, Toy toy) {
    pool.returnObject(toy);
    return "accepted";
  }

  private void note(Callable<Object> step) {
    PrintWriter out = new PrintWriter(text);
    try {
      Object result = step.call();
      out.println(result == null ? "nothing" : result.getClass().getName());
    } catch (Throwable t) {
      t.printStackTrace(out);
    }
    out.flush();
  }
}
