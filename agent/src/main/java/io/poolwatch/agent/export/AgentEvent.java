package io.poolwatch.agent.export;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something that happened once and is told as a log record. Immutable. */
public final class AgentEvent {
  private final String name;
  private final String body;
  private final Map<String, String> attributes;
  private final @Nullable String traceId;
  private final @Nullable String spanId;
  private final boolean warning;

  /**
   * Something to be warned of, that happens now.
   *
   * @param name of the kind of event, frozen, as {@code poolwatch.violation}
   * @param body for a person, on as many lines as it takes
   * @param traceId trace of the service that it happened in, in hexadecimal, or null
   * @param spanId span of the service that it happened in, or null
   */
  public AgentEvent(
      String name,
      String body,
      Map<String, String> attributes,
      @Nullable String traceId,
      @Nullable String spanId) {
    this(name, body, attributes, traceId, spanId, true);
  }

  private AgentEvent(
      String name,
      String body,
      Map<String, String> attributes,
      @Nullable String traceId,
      @Nullable String spanId,
      boolean warning) {
    this.name = name;
    this.body = body;
    this.attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    this.traceId = traceId;
    this.spanId = spanId;
    this.warning = warning;
  }

  /** Something to be known, of no span. */
  public static AgentEvent information(String name, String body, Map<String, String> attributes) {
    return new AgentEvent(name, body, attributes, null, null, false);
  }

  /** Whether it is to be warned of, and not only known. */
  public boolean isWarning() {
    return warning;
  }

  /** Name of the kind of event. */
  public String name() {
    return name;
  }

  /** The text for a person. */
  public String body() {
    return body;
  }

  /** Attributes, of the names that metrics use where there are such. */
  public Map<String, String> attributes() {
    return attributes;
  }

  /** The service's trace, or null. */
  public @Nullable String traceId() {
    return traceId;
  }

  /** The service's span, or null. */
  public @Nullable String spanId() {
    return spanId;
  }
}
