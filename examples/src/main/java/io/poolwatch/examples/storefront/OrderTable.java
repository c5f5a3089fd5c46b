package io.poolwatch.examples.storefront;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads and writes orders. Each call borrows one connection and gives it back. */
final class OrderTable {
  private final DataSource dataSource;
  private final OrderLineCodec codec;
  private final OrderReader reader;

  OrderTable(DataSource dataSource, OrderLineCodec codec, OrderReader reader) {
    this.dataSource = dataSource;
    this.codec = codec;
    this.reader = reader;
  }

  Order insert(String customer, List<OrderLine> lines) throws SQLException {
    Order unsaved = new Order(0, customer, lines);
    try (Connection connection = dataSource.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into orders (customer, total_cents, lines) values (?, ?, ?)",
                Statement.RETURN_GENERATED_KEYS)) {
      insert.setString(1, customer);
      insert.setLong(2, unsaved.getTotalCents());
      insert.setBytes(3, codec.encode(lines));
      insert.executeUpdate();
      try (ResultSet keys = insert.getGeneratedKeys()) {
        keys.next();
        return new Order(keys.getLong(1), customer, lines);
      }
    }
  }

  @Nullable Order find(long id) throws IOException, SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select =
            connection.prepareStatement("select customer, lines from orders where id = ?")) {
      select.setLong(1, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? new Order(id, row.getString(1), reader.read(row.getBinaryStream(2)))
            : null;
      }
    }
  }
}
