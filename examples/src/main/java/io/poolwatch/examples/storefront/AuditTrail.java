package io.poolwatch.examples.storefront;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Notes each order that was placed. */
public interface AuditTrail {

  /** Notes the order; the order stands even when this throws. */
  void placed(Order order) throws SQLException;

  /** A trail in the order database that gives each connection back. */
  static AuditTrail in(DataSource dataSource) {
    return order -> {
      try (Connection connection = dataSource.getConnection()) {
        write(connection, order);
      }
    };
  }

  /** Writes the note over a connection that stays the caller's. */
  static void write(Connection connection, Order order) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("insert into audit (order_id) values (?)")) {
      insert.setLong(1, order.getId());
      insert.executeUpdate();
    }
  }
}
