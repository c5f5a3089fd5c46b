package io.poolwatch.examples.storefront.upstream;

import java.io.IOException;
import java.time.Duration;
import org.apache.commons.pool2.KeyedObjectPool;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;
import org.apache.commons.pool2.impl.GenericKeyedObjectPoolConfig;

/** Asks over pooled connections, as it should be done: borrow, ask once, return or invalidate. */
public final class PooledUpstreams implements Upstreams {
  private final KeyedObjectPool<UpstreamKey, UpstreamConnection> pool;

  /** Uses, and does not close, {@code pool}. */
  public PooledUpstreams(KeyedObjectPool<UpstreamKey, UpstreamConnection> pool) {
    this.pool = pool;
  }

  /** The pool the storefront uses: two endpoints at two levels fit well into its limits. */
  public static GenericKeyedObjectPool<UpstreamKey, UpstreamConnection> newPool(
      UpstreamConnectionFactory factory) {
    GenericKeyedObjectPoolConfig<UpstreamConnection> config = new GenericKeyedObjectPoolConfig<>();
    config.setMaxTotal(48);
    config.setMaxTotalPerKey(16);
    config.setMaxIdlePerKey(16);
    config.setMaxWait(Duration.ofMillis(250));
    config.setTestOnBorrow(true);
    config.setJmxNameBase("io.poolwatch.examples:type=UpstreamConnections,name=");
    return new GenericKeyedObjectPool<>(factory, config);
  }

  @Override
  public String ask(UpstreamKey key, String caller, String question) throws IOException {
    UpstreamConnection connection = borrow(key);
    boolean reusable = false;
    try {
      String answer = connection.ask(question);
      reusable = true;
      return answer;
    } finally {
      if (reusable) {
        giveBack(key, connection);
      } else {
        discard(key, connection);
      }
    }
  }

  private UpstreamConnection borrow(UpstreamKey key) throws IOException {
    try {
      return pool.borrowObject(key);
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw new IOException("No connection to " + key + ": " + e.getMessage(), e);
    }
  }

  private void giveBack(UpstreamKey key, UpstreamConnection connection) throws IOException {
    try {
      pool.returnObject(key, connection);
    } catch (Exception e) {
      throw new IOException("Could not give back the connection to " + key, e);
    }
  }

  private void discard(UpstreamKey key, UpstreamConnection connection) throws IOException {
    try {
      pool.invalidateObject(key, connection);
    } catch (Exception e) {
      throw new IOException("Could not discard the connection to " + key, e);
    }
  }
}
