package example.loadeddata;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.commons.pool2.impl.GenericObjectPool;

/**
 * Asks a database in memory through DBCP2 on more threads than there are connections, invalidates
 * some, has idle ones evicted, and holds one. Told {@code pause}, it comes to rest and prints what
 * it and its pool counted, a figure a line, until it is told {@code go}; told {@code return}, it
 * gives back what it holds.
 */
public final class DataService {
  private static final int THREADS = 5;
  private static final int CONNECTIONS = 4;
  private static final ReentrantReadWriteLock GATE = new ReentrantReadWriteLock(true);
  private static final BasicDataSource DATA = new BasicDataSource();
  private static final AtomicLong borrowed = new AtomicLong();
  private static final AtomicLong failed = new AtomicLong();
  private static final AtomicLong returned = new AtomicLong();
  private static final AtomicLong invalidated = new AtomicLong();

  private DataService() {}

  public static void main(String[] args) throws Exception {
    DATA.setUrl("jdbc:h2:mem:data;DB_CLOSE_DELAY=-1");
    DATA.setMaxTotal(CONNECTIONS);
    DATA.setMaxIdle(CONNECTIONS - 1);
    DATA.setMinIdle(1);
    DATA.setMaxWait(Duration.ofMillis(2));
    DATA.setSoftMinEvictableIdle(Duration.ofMillis(1));
    Connection held = borrow();
    try (Statement statement = held.createStatement()) {
      statement.execute("create table things (id int)");
      statement.execute("insert into things values 4711");
    }
    for (int i = 0; i < THREADS; i++) {
      begin(DataService::ask);
    }
    begin(DataService::evict);
    System.out.println("ready");
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
          giveBack(held);
          break;
        default:
          throw new IllegalArgumentException(line);
      }
      print();
    }
    System.exit(0);
  }

  private interface Round {
    void run() throws Exception;
  }

  private static void begin(Round round) {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (true) {
                  GATE.readLock().lock();
                  try {
                    round.run();
                  } finally {
                    GATE.readLock().unlock();
                  }
                  Thread.sleep(0, 200_000);
                }
              } catch (Exception unexpected) {
                unexpected.printStackTrace();
                System.exit(3);
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private static void ask() throws SQLException {
    List<Connection> all = new ArrayList<>();
    for (int i = ThreadLocalRandom.current().nextInt(2); i >= 0; i--) {
      try {
        all.add(borrow());
      } catch (SQLException exhausted) {
        failed.incrementAndGet();
      }
    }
    for (Connection each : all) {
      try (Statement statement = each.createStatement();
          ResultSet found = statement.executeQuery("select id from things")) {
        if (!found.next() || found.getInt(1) != 4711) {
          throw new SQLException("the database lost it");
        }
      }
      if (ThreadLocalRandom.current().nextInt(50) == 0) {
        DATA.invalidateConnection(each);
        invalidated.incrementAndGet();
      } else {
        giveBack(each);
      }
    }
  }

  private static void evict() throws Exception {
    DATA.getConnectionPool().evict();
    Thread.sleep(3);
  }

  private static Connection borrow() throws SQLException {
    Connection connection = DATA.getConnection();
    borrowed.incrementAndGet();
    return connection;
  }

  private static void giveBack(Connection connection) throws SQLException {
    connection.close();
    returned.incrementAndGet();
  }

  private static void print() {
    GenericObjectPool<?> pool = DATA.getConnectionPool();
    same(borrowed.get(), pool.getBorrowedCount());
    same(returned.get(), pool.getReturnedCount());
    print("borrowed", borrowed.get());
    print("failed", failed.get());
    print("returned", returned.get());
    print("invalidated", invalidated.get());
    print("made", pool.getCreatedCount());
    print("destroyed", pool.getDestroyedCount());
    print("evicted", pool.getDestroyedByEvictorCount());
    print("idle", DATA.getNumIdle());
    print("active", DATA.getNumActive());
    System.out.println(".");
  }

  private static void same(long own, long pool) {
    if (own != pool) {
      throw new IllegalStateException(own + " and " + pool);
    }
  }

  private static void print(String figure, long value) {
    System.out.println("data " + figure + ' ' + value);
  }
}
