package io.poolwatch.agent.page;

import io.poolwatch.book.PoolIdentity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that was told in the log, and is to be in the report. Immutable. */
final class Told {
  private final Topic topic;
  private final String kind;
  private final @Nullable String pool;
  private final @Nullable String system;
  private final String text;
  private final long nanos;

  Told(
      Topic topic,
      String kind,
      @Nullable String pool,
      @Nullable String system,
      String text,
      long nanos) {
    this.topic = topic;
    this.kind = kind;
    this.pool = pool;
    this.system = system;
    this.text = text;
    this.nanos = nanos;
  }

  /** What it is about. */
  enum Topic {
    VIOLATION("poolwatch.violation", "poolwatch.violation"),
    COLLAPSE("poolwatch.collapse", "poolwatch.collapse.change"),
    FINDING("poolwatch.finding", "poolwatch.finding");

    private final String event;
    private final String attribute;

    Topic(String event, String attribute) {
      this.event = event;
      this.attribute = attribute;
    }

    static @Nullable Topic of(String event) {
      for (Topic topic : values()) {
        if (topic.event.equals(event)) {
          return topic;
        }
      }
      return null;
    }

    /** The attribute that says more closely what it is. */
    String attribute() {
      return attribute;
    }
  }

  Topic topic() {
    return topic;
  }

  /** In snake case, such as {@code double_return}. */
  String kind() {
    return kind;
  }

  /** On several lines, the first of which says what happened. */
  String text() {
    return text;
  }

  /** When it was told, given what time it is. */
  Instant at(Instant now, long nowNanos) {
    return now.minusNanos(nowNanos - nanos);
  }

  boolean isOf(PoolIdentity identity) {
    return identity.name().equals(pool) && identity.system().equals(system);
  }
}
