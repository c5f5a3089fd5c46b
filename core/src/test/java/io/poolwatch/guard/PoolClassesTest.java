package io.poolwatch.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which classes are the pool library's. */
class PoolClassesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.apache.commons.pool2.impl.GenericObjectPool",
        "org.apache.commons.pool2.impl.BaseGenericObjectPool$Evictor",
        "org.apache.commons.pool2.impl.DefaultPooledObject",
        "org.apache.commons.pool2.impl.SoftReferenceObjectPool",
        "org.apache.commons.pool2.PoolUtils$ErodingObjectPool",
        "org.apache.commons.pool2.PooledObject",
        "org.apache.commons.pool2.BasePooledObjectFactory",
        "org.apache.commons.pool2.proxy.BaseProxyHandler",
        "com.example.shaded.pool2.impl.GenericKeyedObjectPool",
        "com.example.pool2.shaded.org.apache.commons.pool2.impl.GenericObjectPool",
        "org.apache.commons.pool3.impl.GenericObjectPool"
      })
  void classOfCommonsPoolIsThePools(String name) {
    assertThat(PoolClasses.include(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "com.example.pool2.OrderService",
        "com.example.pool2.impl.OrderService",
        "com.example.pool3.Pools$Orders",
        "com.example.pool2.orders.GenericObjectPool",
        "com.example.Pool2",
        "com.example.pool2.impl",
        "redis.clients.jedis.util.Pool"
      })
  void classOfTheServicesIsNotThoughItsPackageIsNamedSo(String name) {
    assertThat(PoolClasses.include(name)).isFalse();
  }
}
