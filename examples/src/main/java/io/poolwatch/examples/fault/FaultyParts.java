package io.poolwatch.examples.fault;

import io.poolwatch.examples.storefront.AuditTrail;
import io.poolwatch.examples.storefront.OrderLineCodec;
import io.poolwatch.examples.storefront.OrderReader;
import io.poolwatch.examples.storefront.Router;
import io.poolwatch.examples.storefront.StorefrontParts;
import io.poolwatch.examples.storefront.upstream.UpstreamConnection;
import io.poolwatch.examples.storefront.upstream.UpstreamConnectionFactory;
import io.poolwatch.examples.storefront.upstream.UpstreamKey;
import io.poolwatch.examples.storefront.upstream.Upstreams;
import javax.sql.DataSource;
import org.apache.commons.pool2.KeyedObjectPool;
import org.apache.commons.pool2.ObjectPool;

/** The storefront's parts that can be made to misbehave. */
final class FaultyParts implements StorefrontParts {
  private final FaultSwitches switches;

  FaultyParts(FaultSwitches switches) {
    this.switches = switches;
  }

  @Override
  public UpstreamConnectionFactory connectionFactory() {
    return new DeepCheckingFactory(switches);
  }

  @Override
  public Upstreams upstreams(KeyedObjectPool<UpstreamKey, UpstreamConnection> pool) {
    return new MisusedUpstreams(pool, switches);
  }

  @Override
  public AuditTrail audit(DataSource dataSource) {
    return new LeakyAuditTrail(dataSource, switches);
  }

  @Override
  public OrderReader orderReader(ObjectPool<byte[]> pages, OrderLineCodec codec) {
    return new CapturingOrderReader(pages, codec, switches);
  }

  @Override
  public void addRoutes(Router router) {
    FaultRoutes.addTo(router, switches);
  }
}
