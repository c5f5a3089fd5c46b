package io.poolwatch.book;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a pool from which a name can be made. Only strings: a book must keep neither the
 * pool nor a class of the service alive. Written on the service's threads, read by the ledger once,
 * before the pool is first exported.
 */
public final class PoolFacts {
  private final String poolClass;
  private volatile @Nullable String factoryClass;
  private volatile @Nullable String objectClass;
  private volatile @Nullable String givenName;
  private volatile @Nullable String resource;
  private volatile boolean asked;

  /**
   * Facts about a pool.
   *
   * @param poolClass binary name of the pool's own class, which may be a subclass of the library's
   */
  public PoolFacts(String poolClass) {
    this.poolClass = poolClass;
  }

  /** Binary name of the pool's own class. */
  public String poolClass() {
    return poolClass;
  }

  /** Binary name of the class of the pool's factory, or null if it has none. */
  public @Nullable String factoryClass() {
    return factoryClass;
  }

  /** Binary name of the class of the first object that the pool made, or null before that. */
  public @Nullable String objectClass() {
    return objectClass;
  }

  /** The name that the application itself gave to the pool, or null. */
  public @Nullable String givenName() {
    return givenName;
  }

  /**
   * What the pooled class is that must live long or be closed, such as {@code java.net.Socket};
   * null if it is nothing of that kind, or nobody asked.
   */
  public @Nullable String resource() {
    return resource;
  }

  /**
   * Looks whether an object is of a kind that must live long or be closed; the first one counts.
   */
  public void askWhetherResource(@Nullable Object object) {
    if (!asked && object != null) {
      asked = true;
      resource = Resources.kindOf(object);
    }
  }

  /** Notes the factory; the first call counts. */
  public void factory(@Nullable Object factory) {
    if (factoryClass == null && factory != null) {
      factoryClass = factory.getClass().getName();
    }
  }

  /** Notes an object that the pool made; the first one counts. Cheap after that. */
  public void object(@Nullable Object object) {
    if (objectClass == null && object != null) {
      objectClass = object.getClass().getName();
    }
  }

  /** Notes the class of an object that the pool made; the first one counts. */
  public void objectType(Class<?> type) {
    if (objectClass == null) {
      objectClass = type.getName();
    }
  }

  /** Notes the name that the application gave; the first call counts. */
  public void name(@Nullable String name) {
    if (givenName == null && name != null) {
      givenName = name;
    }
  }
}
