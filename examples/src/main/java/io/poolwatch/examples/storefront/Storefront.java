package io.poolwatch.examples.storefront;

import io.poolwatch.examples.storefront.upstream.PooledUpstreams;
import io.poolwatch.examples.storefront.upstream.UpstreamConnection;
import io.poolwatch.examples.storefront.upstream.UpstreamKey;
import io.poolwatch.examples.storefront.upstream.UpstreamService;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The storefront service: an HTTP server on loopback, an order database, and two upstream services
 * that it asks over TCP. Run it with {@code java -jar poolwatch-examples.jar [--port N]}.
 */
public final class Storefront implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Storefront.class);

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final BasicDataSource dataSource;
  private final GenericKeyedObjectPool<UpstreamKey, UpstreamConnection> connections;
  private final GenericObjectPool<byte[]> pages;
  private final HttpServer server;

  private Storefront(int port, StorefrontParts parts) throws IOException, SQLException {
    try {
      UpstreamService inventory = opened(UpstreamService.start("inventory", Warehouse::inventory));
      UpstreamService shipping = opened(UpstreamService.start("shipping", Warehouse::shipping));
      dataSource = opened(OrderDatabase.open());
      connections = opened(PooledUpstreams.newPool(parts.connectionFactory()));
      pages = opened(PooledOrderReader.newPool());
      OrderLineCodec codec = new OrderLineCodec();
      Shop shop =
          new Shop(
              ProductCatalog.standard(),
              new OrderTable(dataSource, codec, parts.orderReader(pages, codec)),
              parts.audit(dataSource),
              parts.upstreams(connections),
              inventory.endpoint(),
              shipping.endpoint());
      Router router = new Router();
      ShopRoutes.addTo(router, shop);
      parts.addRoutes(router);
      server = opened(new HttpServer(port, router));
    } catch (IOException | SQLException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Starts a storefront on {@code port}, or on a free one if it is 0.
   *
   * @throws IOException when a port cannot be had
   * @throws SQLException when the database does not start
   */
  public static Storefront start(int port, StorefrontParts parts) throws IOException, SQLException {
    Storefront storefront = new Storefront(port, parts);
    log.info("Storefront listens on http://127.0.0.1:{}", storefront.port());
    return storefront;
  }

  /** The port of the HTTP server. */
  public int port() {
    return server.port();
  }

  /** The database connections, for a look from outside. */
  public BasicDataSource dataSource() {
    return dataSource;
  }

  /** The upstream connections, for a look from outside. */
  public GenericKeyedObjectPool<UpstreamKey, UpstreamConnection> connections() {
    return connections;
  }

  /** The pages that orders are read into, for a look from outside. */
  public GenericObjectPool<byte[]> pages() {
    return pages;
  }

  /** Closes all parts, the last opened first, each whatever the others do. */
  @Override
  public void close() {
    while (!opened.isEmpty()) {
      AutoCloseable part = opened.pop();
      try {
        part.close();
      } catch (Exception e) {
        log.warn("Could not close {}", part, e);
      }
    }
  }

  private <T extends AutoCloseable> T opened(T part) {
    opened.push(part);
    return part;
  }

  /** Runs until the process is told to stop. */
  public static void main(String[] args) throws Exception {
    StorefrontOptions options = StorefrontOptions.parseOrExit(args);
    runUntilStopped(options, new StorefrontParts() {});
  }

  /** Starts as {@code options} say; a shutdown hook closes it. */
  public static Storefront runUntilStopped(StorefrontOptions options, StorefrontParts parts)
      throws IOException, SQLException {
    Storefront storefront = start(options.port(), parts);
    Runtime.getRuntime().addShutdownHook(new Thread(storefront::close, "storefront-stop"));
    options.announce(storefront.port());
    return storefront;
  }
}
