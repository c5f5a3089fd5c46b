package io.poolwatch.agent.library.commonspool2.laws;

import org.apache.commons.pool2.proxy.JdkProxySource;

/** Proxies for pooled objects, which have no interface of their own that matters here. */
final class Proxies {
  private Proxies() {}

  static JdkProxySource<Object> source() {
    return new JdkProxySource<>(Proxies.class.getClassLoader(), new Class<?>[] {Comparable.class});
  }
}
