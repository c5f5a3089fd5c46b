package example.poolfindings;

import java.util.HashMap;
import java.util.Map;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;

/** Requests that their factory resets as they come back; all of it, or not on every path. */
public final class Dirty {
  private static final int RETURNS = 4_000;

  private Dirty() {}

  private static final class Request {
    String tenant;
    final Map<String, String> headers = new HashMap<>();
    byte[] body = new byte[16];
    long uses;
    boolean failed;
  }

  private static final class Requests extends Made<Request> {
    private final boolean resetsAll;

    Requests(boolean resetsAll) {
      super(Request::new);
      this.resetsAll = resetsAll;
    }

    @Override
    public void passivateObject(PooledObject<Request> pooled) {
      Request request = pooled.getObject();
      boolean failed = request.failed;
      request.failed = false;
      request.tenant = null;
      if (resetsAll || !failed) {
        request.headers.clear();
      }
    }
  }

  /** Runs it: {@code planted} or {@code clean}. */
  public static void main(String[] args) throws Exception {
    GenericObjectPoolConfig<Request> config = new GenericObjectPoolConfig<>();
    config.setJmxNamePrefix("requests");
    GenericObjectPool<Request> pool =
        new GenericObjectPool<>(new Requests(args[0].equals("clean")), config);
    // So that the agent has named the pool, and knows that its objects are to be looked at.
    work(pool, 1);
    Thread.sleep(2_500);
    work(pool, RETURNS);
    Thread.sleep(1_500);
    System.out.println("done");
  }

  private static void work(GenericObjectPool<Request> pool, int times) throws Exception {
    for (int i = 1; i <= times; i++) {
      Request request = pool.borrowObject();
      request.uses++;
      request.tenant = "t" + i % 7;
      request.headers.put("a", "b");
      request.body = new byte[16 + i % 5];
      request.failed = i % 40 == 0;
      finish(pool, request);
      if (i % 40 == 0) {
        // The next one to have it does without headers, and leaves none.
        request = pool.borrowObject();
        request.headers.clear();
        pool.returnObject(request);
      }
    }
  }

  private static void finish(GenericObjectPool<Request> pool, Request request) {
    pool.returnObject(request);
  }
}
