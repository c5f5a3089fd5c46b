package io.poolwatch.examples.fault;

import io.poolwatch.examples.storefront.AuditTrail;
import io.poolwatch.examples.storefront.Order;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** An audit trail with a path on which nobody closes the connection: {@link Fault#LEAK}. */
final class LeakyAuditTrail implements AuditTrail {
  private final DataSource dataSource;
  private final AuditTrail correct;
  private final FaultSwitches.EveryNth leak;

  LeakyAuditTrail(DataSource dataSource, FaultSwitches switches) {
    this.dataSource = dataSource;
    this.correct = AuditTrail.in(dataSource);
    this.leak = new FaultSwitches.EveryNth(switches, Fault.LEAK, 10);
  }

  @Override
  public void placed(Order order) throws SQLException {
    if (leak.now()) {
      placedAndForgotten(order);
    } else {
      correct.placed(order);
    }
  }

  private void placedAndForgotten(Order order) throws SQLException {
    Connection connection = dataSource.getConnection();
    AuditTrail.write(connection, order);
  }
}
