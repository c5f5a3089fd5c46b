package io.poolwatch.otel;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.poolwatch.book.PoolIdentity;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The attributes of all series of one pool, made once each: exports then allocate none of them
 * anew. Thread-safe.
 */
final class PoolSeries {
  private final Attributes base;
  private final Map<MetricAttribute, AtomicReferenceArray<Attributes>> made =
      new EnumMap<>(MetricAttribute.class);

  PoolSeries(PoolIdentity identity) {
    AttributesBuilder attributes =
        Attributes.builder()
            .put(MetricAttribute.POOL_NAME.key(), identity.name())
            .put(MetricAttribute.POOL_SYSTEM.key(), identity.system());
    String type = identity.objectType();
    if (type != null) {
      attributes.put(MetricAttribute.POOL_OBJECT_TYPE.key(), type);
    }
    base = attributes.build();
    for (MetricAttribute attribute : MetricAttribute.values()) {
      if (!attribute.labels().isEmpty()) {
        made.put(attribute, new AtomicReferenceArray<>(attribute.labels().size()));
      }
    }
  }

  /** What distinguishes this pool from others. */
  Attributes base() {
    return base;
  }

  /**
   * The pool's attributes and one more.
   *
   * @param value index in {@link MetricAttribute#labels()}, which is the ordinal of the constant
   *     where an enum stands behind it
   */
  Attributes with(MetricAttribute attribute, int value) {
    AtomicReferenceArray<Attributes> series = made.get(attribute);
    if (series == null) {
      throw new IllegalArgumentException(attribute + " has no fixed values");
    }
    Attributes known = series.get(value);
    if (known == null) {
      known = base.toBuilder().put(attribute.key(), attribute.labels().get(value)).build();
      series.set(value, known);
    }
    return known;
  }
}
