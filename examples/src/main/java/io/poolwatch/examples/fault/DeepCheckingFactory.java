package io.poolwatch.examples.fault;

import io.poolwatch.examples.storefront.upstream.UpstreamConnection;
import io.poolwatch.examples.storefront.upstream.UpstreamConnectionFactory;
import io.poolwatch.examples.storefront.upstream.UpstreamKey;
import java.io.IOException;
import org.apache.commons.pool2.PooledObject;

/** Asks the upstream service for its health on every borrow: {@link Fault#SLOW_VALIDATION}. */
final class DeepCheckingFactory extends UpstreamConnectionFactory {
  private final FaultSwitches switches;

  DeepCheckingFactory(FaultSwitches switches) {
    this.switches = switches;
  }

  @Override
  public boolean validateObject(UpstreamKey key, PooledObject<UpstreamConnection> pooled) {
    return super.validateObject(key, pooled)
        && (!switches.isOn(Fault.SLOW_VALIDATION) || isHealthy(pooled.getObject()));
  }

  private static boolean isHealthy(UpstreamConnection connection) {
    try {
      return connection.ask("HEALTH").equals("OK");
    } catch (IOException e) {
      return false;
    }
  }
}
