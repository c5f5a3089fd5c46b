package io.poolwatch.examples.storefront;

import io.poolwatch.examples.storefront.upstream.PooledUpstreams;
import io.poolwatch.examples.storefront.upstream.UpstreamConnection;
import io.poolwatch.examples.storefront.upstream.UpstreamConnectionFactory;
import io.poolwatch.examples.storefront.upstream.UpstreamKey;
import io.poolwatch.examples.storefront.upstream.Upstreams;
import javax.sql.DataSource;
import org.apache.commons.pool2.KeyedObjectPool;
import org.apache.commons.pool2.ObjectPool;

/** The parts of the storefront that another assembly may replace; as they stand, the real ones. */
public interface StorefrontParts {

  /** Opens and checks upstream connections for the pool. */
  default UpstreamConnectionFactory connectionFactory() {
    return new UpstreamConnectionFactory();
  }

  /** Asks the upstream services, over connections of {@code pool}. */
  default Upstreams upstreams(KeyedObjectPool<UpstreamKey, UpstreamConnection> pool) {
    return new PooledUpstreams(pool);
  }

  /** Notes orders in the order database. */
  default AuditTrail audit(DataSource dataSource) {
    return AuditTrail.in(dataSource);
  }

  /** Reads orders back, into pages of {@code pages}. */
  default OrderReader orderReader(ObjectPool<byte[]> pages, OrderLineCodec codec) {
    return new PooledOrderReader(pages, codec);
  }

  /** Adds endpoints to those of the shop. */
  default void addRoutes(Router router) {}
}
