package io.poolwatch.servers;

import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.RedisClient;

/**
 * A service that talks to Redis through Jedis, whose pool extends Commons Pool2's. More threads
 * than connections, so that some wait; connections are tested on borrow, and some are cut by the
 * server.
 */
final class RedisWorkload {
  private static final int THREADS = 6;
  private static final int CONNECTIONS = 3;

  /** Long enough for the guard to be there for most of them. */
  private static final int COMMANDS = 10_000;

  private static final int BREAK_EVERY = 500;

  private RedisWorkload() {}

  /** Arguments: the port of Redis. */
  public static void main(String[] args) throws Exception {
    ConnectionPoolConfig config = new ConnectionPoolConfig();
    config.setMaxTotal(CONNECTIONS);
    config.setTestOnBorrow(true);
    try (RedisClient redis =
        RedisClient.builder()
            .hostAndPort("127.0.0.1", Integer.parseInt(args[0]))
            .poolConfig(config)
            .build()) {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        String counter = "counter-" + i;
        Thread thread = new Thread(() -> count(redis, counter), counter);
        thread.start();
        threads.add(thread);
      }
      for (Thread thread : threads) {
        thread.join();
      }
      for (int i = 0; i < THREADS; i++) {
        if (!redis.get("counter-" + i).equals(String.valueOf(COMMANDS))) {
          throw new IllegalStateException("Redis counted something else");
        }
      }
      WatchedJvm.tellCountsAndWait(redis.getPool());
    }
  }

  private static void count(RedisClient redis, String counter) {
    for (int i = 1; i <= COMMANDS; i++) {
      redis.incr(counter);
      if (i % BREAK_EVERY == 0) {
        // What Jedis does with a connection that failed in use: the pool has to make another.
        Connection connection = redis.getPool().getResource();
        connection.setBroken();
        connection.close();
      }
    }
  }
}
