package example.touchy;

import io.netty.util.Recycler;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.poolwatch.pool.ThreadLocalPool;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;

/** Uses pools of touchy objects well and badly. */
public final class TouchyService {
  private static final int TIMES = 200;

  private TouchyService() {}

  private static final class Factory extends BasePooledObjectFactory<Touchy> {
    @Override
    public Touchy create() {
      return new Touchy(null);
    }

    @Override
    public PooledObject<Touchy> wrap(Touchy touchy) {
      return new DefaultPooledObject<>(touchy);
    }
  }

  private static final Recycler<Touchy> RECYCLER =
      new Recycler<Touchy>() {
        @Override
        protected Touchy newObject(Handle<Touchy> handle) {
          return new Touchy(handle);
        }
      };

  /** Runs, waits for the guard, and runs again. */
  public static void main(String[] args) throws Exception {
    GenericObjectPool<Touchy> generic = new GenericObjectPool<>(new Factory());
    ThreadLocalPool<Touchy> local = ThreadLocalPool.of(() -> new Touchy(null));
    for (int round = 0; round < 2; round++) {
      misuse(generic);
      misuse(local);
      Thread recycler = new FastThreadLocalThread(TouchyService::misuse);
      recycler.start();
      recycler.join();
      System.gc();
      Thread.sleep(2_500);
    }
    generic.close();
    System.out.println("calls = " + Touchy.CALLS);
  }

  private static void misuse(GenericObjectPool<Touchy> pool) throws Exception {
    for (int i = 0; i < TIMES; i++) {
      Touchy touchy = pool.borrowObject();
      touchy.use();
      pool.returnObject(touchy);
      touchy.use();
      touchy.uses += i % 20 == 0 ? 1 : 0;
      refused(() -> pool.returnObject(touchy));
      refused(() -> pool.returnObject(new Touchy(null)));
      Touchy gone = pool.borrowObject();
      pool.invalidateObject(gone);
      gone.use();
      refused(() -> pool.returnObject(gone));
    }
  }

  private static void misuse(ThreadLocalPool<Touchy> pool) {
    for (int i = 0; i < TIMES; i++) {
      Touchy touchy = pool.get();
      touchy.use();
      pool.put(touchy);
      touchy.use();
      touchy.uses += i % 20 == 0 ? 1 : 0;
      pool.get();
    }
  }

  private static void misuse() {
    List<Touchy> lost = new ArrayList<>();
    for (int i = 0; i < TIMES; i++) {
      Touchy touchy = RECYCLER.get();
      touchy.use();
      touchy.giveBack();
      touchy.use();
      touchy.uses += i % 20 == 0 ? 1 : 0;
      refused(touchy::giveBack);
      lost.add(RECYCLER.get());
    }
  }

  private static void refused(Step step) {
    try {
      step.run();
    } catch (Exception expected) {
      return;
    }
  }

  private interface Step {
    void run() throws Exception;
  }
}
