package io.poolwatch.examples.storefront.upstream;

import java.net.InetSocketAddress;
import java.util.Objects;

/**
 * What makes two upstream connections interchangeable: where they lead and the service level they
 * were opened with. Everything that varies from request to request must stay out of it, or no
 * connection is ever found again.
 */
public final class UpstreamKey {
  private final InetSocketAddress endpoint;
  private final String serviceLevel;

  /** A key; {@code serviceLevel} is one word, {@code standard} or {@code gold}. */
  public UpstreamKey(InetSocketAddress endpoint, String serviceLevel) {
    this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
    this.serviceLevel = Objects.requireNonNull(serviceLevel, "serviceLevel");
  }

  /** Where the connection leads. */
  public InetSocketAddress endpoint() {
    return endpoint;
  }

  /** The level agreed when the connection is opened. */
  public String serviceLevel() {
    return serviceLevel;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UpstreamKey
        && endpoint.equals(((UpstreamKey) other).endpoint)
        && serviceLevel.equals(((UpstreamKey) other).serviceLevel);
  }

  @Override
  public int hashCode() {
    return 31 * endpoint.hashCode() + serviceLevel.hashCode();
  }

  @Override
  public String toString() {
    return endpoint + "/" + serviceLevel;
  }
}
