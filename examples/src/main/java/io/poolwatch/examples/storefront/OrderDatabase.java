package io.poolwatch.examples.storefront;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.dbcp2.BasicDataSource;

/** The order database: H2 in memory, behind a DBCP2 connection pool. */
final class OrderDatabase {
  static final int MAX_CONNECTIONS = 12;

  private static final AtomicInteger opened = new AtomicInteger();

  private OrderDatabase() {}

  /** A new, empty database of its own; it stays in memory until the process ends. */
  static BasicDataSource open() throws SQLException {
    BasicDataSource dataSource = new BasicDataSource();
    // Named and kept open: the pool may close its last connection without losing the orders.
    dataSource.setUrl(
        "jdbc:h2:mem:orders"
            + opened.incrementAndGet()
            + ";DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE");
    dataSource.setUsername("sa");
    dataSource.setPassword("");
    dataSource.setMaxTotal(MAX_CONNECTIONS);
    dataSource.setMaxIdle(MAX_CONNECTIONS);
    dataSource.setMaxWait(Duration.ofMillis(250));
    try {
      createTables(dataSource);
    } catch (SQLException e) {
      dataSource.close();
      throw e;
    }
    return dataSource;
  }

  private static void createTables(BasicDataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "create table orders (id bigint generated always as identity primary key,"
              + " customer varchar(64) not null, total_cents bigint not null,"
              + " lines varbinary("
              + OrderPageFactory.BYTES
              + ") not null)");
      statement.execute(
          "create table audit (order_id bigint not null, noted_at timestamp default now())");
    }
  }
}
