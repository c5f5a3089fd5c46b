package io.poolwatch.servers;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.support.ConnectionPoolSupport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;

/**
 * A service that talks to Redis through Lettuce, by a pool of its connections: single commands,
 * pipelines and transactions, tested on borrow.
 */
final class LettuceWorkload {
  private static final int THREADS = 6;
  private static final int CONNECTIONS = 4;
  private static final int PIPELINE = 10;

  private LettuceWorkload() {}

  /**
   * Arguments: the port of Redis; for how many seconds, or longer if less was done than must be.
   */
  public static void main(String[] args) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(args[1]));
    RedisClient redis = RedisClient.create("redis://127.0.0.1:" + args[0]);
    GenericObjectPoolConfig<StatefulRedisConnection<String, String>> config =
        new GenericObjectPoolConfig<>();
    config.setMaxTotal(CONNECTIONS);
    config.setTestOnBorrow(true);
    AtomicLong commands = new AtomicLong();
    AtomicLong failures = new AtomicLong();
    try (GenericObjectPool<StatefulRedisConnection<String, String>> pool =
        ConnectionPoolSupport.createGenericObjectPool(redis::connect, config)) {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        String key = "key-" + i;
        Thread thread =
            new Thread(
                () -> {
                  try {
                    for (int round = 0;
                        System.nanoTime() < end || commands.get() <= CleanCodeIT.LEAST;
                        round++) {
                      commands.addAndGet(talk(pool, key, round));
                    }
                  } catch (Exception e) {
                    e.printStackTrace();
                    failures.incrementAndGet();
                  }
                });
        thread.start();
        threads.add(thread);
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
    redis.shutdown();
    if (failures.get() > 0) {
      System.exit(1);
    }
    System.out.println("commands " + commands.get());
  }

  /** Some commands on a connection of the pool. What it gives back itself closes into the pool. */
  private static int talk(
      GenericObjectPool<StatefulRedisConnection<String, String>> pool, String key, int round)
      throws Exception {
    try (StatefulRedisConnection<String, String> connection = pool.borrowObject()) {
      if (round % 3 == 0) {
        RedisAsyncCommands<String, String> async = connection.async();
        List<RedisFuture<Long>> answers = new ArrayList<>();
        for (int i = 0; i < PIPELINE; i++) {
          answers.add(async.incr(key));
        }
        for (RedisFuture<Long> answer : answers) {
          answer.get(10, TimeUnit.SECONDS);
        }
        return PIPELINE;
      }
      if (round % 7 == 0) {
        connection.sync().multi();
        connection.sync().set(key, "0");
        connection.sync().incr(key);
        connection.sync().exec();
        return 4;
      }
      connection.sync().set(key, "0");
      connection.sync().get(key);
      return 2;
    }
  }
}
