package io.poolwatch.agent.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.agent.config.SettingsReader;
import io.poolwatch.book.PoolFacts;
import io.poolwatch.book.PoolSystem;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolNamesTest {
  private static final String LIBRARY = "org.apache.commons.pool2.impl.GenericObjectPool";
  private static final PoolSystem SYSTEM = PoolSystem.named("test").build();

  @ParameterizedTest
  @CsvSource({
    "org.apache.commons.dbcp2.PoolableConnectionFactory, PoolableConnection",
    "com.example.Orders$ConnFactory, Orders.Conn",
    "com.example.Orders$Factory, Orders",
    "com.example.Orders$1, Orders",
    "com.example.Orders$2Local, Orders.Local",
    "com.example.Orders$$Lambda$14/0x0000000800c03000, Orders",
    "com.example.Orders$$Lambda/0x00007f2a3c001000, Orders",
    "com.example.MakesThings, MakesThings",
    "com.example.Service$$EnhancerByCGLIB$$1a2b3c, Service",
  })
  void nameComesFromTheFactory(String factory, String name) {
    assertThat(ClassNames.ofFactory(factory)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "org.apache.commons.pool2.PoolUtils$SynchronizedPooledObjectFactory",
    "org.apache.tomcat.dbcp.pool2.PoolUtils$1",
    "com.sun.proxy.$Proxy12",
    "jdk.proxy2.$Proxy3",
    "com.example.Factory",
  })
  void factoryThatTellsNothingIsPassedOver(String factory) {
    assertThat(ClassNames.ofFactory(factory)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "[B, byte[]",
    "[[I, int[][]",
    "[Ljava.lang.String;, String[]",
    "java.util.Map$Entry, Map.Entry",
    "Unpackaged, Unpackaged",
  })
  void simpleNamesAreForPeople(String className, String name) {
    assertThat(ClassNames.simple(className)).isEqualTo(name);
  }

  @Test
  void realLambdasAndAnonymousClassesGiveTheClassAround() {
    Supplier<Object> lambda = Object::new;
    Object anonymous = new Object() {};
    assertThat(ClassNames.ofFactory(lambda.getClass().getName())).isEqualTo("PoolNamesTest");
    assertThat(ClassNames.ofFactory(anonymous.getClass().getName())).isEqualTo("PoolNamesTest");
  }

  @Test
  void poolOfTheApplicationIsNamedAfterItselfIfTheFactoryTellsNothing() {
    PoolFacts facts = new PoolFacts("com.example.JedisPool");
    Object proxy =
        Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {Runnable.class}, (p, m, a) -> null);
    facts.factory(proxy);
    facts.object("text");
    assertThat(name("", facts)).isEqualTo("JedisPool");
  }

  @Test
  void poolThatMakesItsObjectsItselfIsNamedAfterThem() {
    PoolFacts facts = new PoolFacts("com.example.Tasks$1");
    facts.object("text");
    assertThat(name("", facts)).isEqualTo("String");
  }

  @Test
  void libraryPoolWithoutTellingFactoryIsNamedAfterItsObjects() {
    PoolFacts facts = new PoolFacts(LIBRARY);
    facts.object(new byte[0]);
    assertThat(name("", facts)).isEqualTo("byte[]");
    assertThat(name("", new PoolFacts(LIBRARY))).isEqualTo("GenericObjectPool");
  }

  @Test
  void givenNameBeatsTheFactoryAndTheConfigurationBeatsBoth() {
    PoolFacts facts = new PoolFacts(LIBRARY);
    facts.object("text");
    facts.name("orders");
    assertThat(name("", facts)).isEqualTo("orders");
    assertThat(name("name.java.lang.Str*=texts", facts)).isEqualTo("texts");
    assertThat(name("name.*.GenericObjectPool=generic", facts)).isEqualTo("generic");
  }

  @Test
  void excludedOrNotIncludedPoolsHaveNoName() {
    PoolFacts facts = new PoolFacts(LIBRARY);
    facts.name("orders");
    assertThat(name("pools.exclude=ord*", facts)).isNull();
    assertThat(name("pools.include=x*;y*", facts)).isNull();
    assertThat(name("pools.include=x*;o*", facts)).isEqualTo("orders");
  }

  @Test
  void namesAreShortAndPrintable() {
    PoolFacts facts = new PoolFacts(LIBRARY);
    facts.name("a\nb" + "x".repeat(200));
    assertThat(name("", facts)).startsWith("a\\x0ab").hasSize(80);
  }

  private static String name(String arguments, PoolFacts facts) {
    return new PoolNames(SettingsReader.read(arguments, new Properties(), Map.of()))
        .name(SYSTEM, facts);
  }
}
