package io.poolwatch.book;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What distinguishes the series of one pool from another's. Immutable. */
public final class PoolIdentity {
  private final String name;
  private final String system;
  private final @Nullable String objectType;

  /**
   * An identity.
   *
   * @param name short, stable from run to run, low in cardinality
   * @param system id of the pool library
   * @param objectType class name of what is pooled, or null if it was not known in time
   */
  public PoolIdentity(String name, String system, @Nullable String objectType) {
    this.name = Objects.requireNonNull(name, "name");
    this.system = Objects.requireNonNull(system, "system");
    this.objectType = objectType;
  }

  /** Value of {@code poolwatch.pool.name}. */
  public String name() {
    return name;
  }

  /** Value of {@code poolwatch.pool.system}. */
  public String system() {
    return system;
  }

  /** Value of {@code poolwatch.pool.object.type}, or null. */
  public @Nullable String objectType() {
    return objectType;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof PoolIdentity)) {
      return false;
    }
    PoolIdentity that = (PoolIdentity) other;
    return name.equals(that.name)
        && system.equals(that.system)
        && Objects.equals(objectType, that.objectType);
  }

  @Override
  public int hashCode() {
    return (name.hashCode() * 31 + system.hashCode()) * 31 + Objects.hashCode(objectType);
  }

  @Override
  public String toString() {
    return name;
  }
}
