package io.poolwatch.servers;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.commons.pool2.impl.GenericObjectPool;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.RedisClient;

/**
 * A service that talks to Redis through Jedis, on more threads than there are connections, breaks
 * some and holds one. Says {@code ready}; told {@code pause}, it comes to rest and prints a line
 * with what the pool of Jedis itself counted, until it is told {@code go}; told {@code return}, it
 * gives back what it holds.
 */
final class LoadedRedis {
  private static final int THREADS = 5;
  private static final int CONNECTIONS = 4;
  private static final int BREAK_EVERY = 100;
  private static final ReentrantReadWriteLock GATE = new ReentrantReadWriteLock(true);

  private LoadedRedis() {}

  /** Arguments: the port of Redis. */
  public static void main(String[] args) throws Exception {
    ConnectionPoolConfig config = new ConnectionPoolConfig();
    config.setMaxTotal(CONNECTIONS);
    config.setMaxIdle(CONNECTIONS - 2);
    config.setTestOnBorrow(true);
    try (RedisClient redis =
        RedisClient.builder()
            .hostAndPort("127.0.0.1", Integer.parseInt(args[0]))
            .poolConfig(config)
            .build()) {
      Connection held = redis.getPool().getResource();
      for (int i = 0; i < THREADS; i++) {
        String counter = "counter-" + i;
        Thread thread = new Thread(() -> count(redis, counter), counter);
        thread.setDaemon(true);
        thread.start();
      }
      System.out.println("ready " + ProcessHandle.current().pid());
      obey(redis.getPool(), held);
    }
  }

  private static void obey(GenericObjectPool<?> pool, Connection held) throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      switch (line) {
        case "pause":
          GATE.writeLock().lock();
          break;
        case "go":
          GATE.writeLock().unlock();
          break;
        case "return":
          held.close();
          break;
        default:
          throw new IllegalArgumentException(line);
      }
      System.out.printf(
          "counts borrowed=%d returned=%d created=%d destroyed=%d idle=%d active=%d%n",
          pool.getBorrowedCount(),
          pool.getReturnedCount(),
          pool.getCreatedCount(),
          pool.getDestroyedCount(),
          pool.getNumIdle(),
          pool.getNumActive());
    }
  }

  private static void count(RedisClient redis, String counter) {
    try {
      for (int i = 1; ; i++) {
        GATE.readLock().lock();
        try {
          long now = redis.incr(counter);
          if (now != i) {
            throw new IllegalStateException("Redis counted " + now + " and not " + i);
          }
          if (i % BREAK_EVERY == 0) {
            Connection connection = redis.getPool().getResource();
            connection.setBroken();
            connection.close();
          }
        } finally {
          GATE.readLock().unlock();
        }
        Thread.sleep(0, 200_000);
      }
    } catch (Throwable unexpected) {
      unexpected.printStackTrace();
      System.exit(3);
    }
  }
}
