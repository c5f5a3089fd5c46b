package io.poolwatch.benchmarks.weave;

import java.util.concurrent.TimeUnit;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Borrowing an object of a class that can be guarded, calling it once and returning it; of a pool
 * that all threads share, with as many objects as threads. Run by {@link CompareForks}; with {@code
 * guard=true} the class is woven during warm-up.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Pool2ClientBenchmark {
  private final GenericObjectPool<Client> pool = open();

  private static GenericObjectPool<Client> open() {
    GenericObjectPoolConfig<Client> config = new GenericObjectPoolConfig<>();
    config.setMaxTotal(16);
    config.setMaxIdle(16);
    config.setJmxEnabled(false);
    return new GenericObjectPool<>(
        new BasePooledObjectFactory<Client>() {
          @Override
          public Client create() {
            return new Client();
          }

          @Override
          public PooledObject<Client> wrap(Client client) {
            return new DefaultPooledObject<>(client);
          }
        },
        config);
  }

  /** Closes the pool. */
  @TearDown
  public void close() {
    pool.close();
  }

  /** One borrow, one call and one return. */
  @Benchmark
  public long borrowUseAndReturn() throws Exception {
    Client client = pool.borrowObject();
    long sent = client.send(3);
    pool.returnObject(client);
    return sent;
  }

  /** What the service pools. */
  static final class Client {
    private long sent;

    long send(int bytes) {
      sent += bytes;
      return sent;
    }
  }
}
