package io.poolwatch.examples.storefront;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/** A status and a JSON body. Immutable. */
public final class Response {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final int status;
  private final byte[] body;

  private Response(int status, byte[] body) {
    this.status = status;
    this.body = body;
  }

  /** A response whose body is {@code content} as JSON. */
  public static Response json(int status, Object content) {
    try {
      return new Response(status, JSON.writeValueAsBytes(content));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Cannot be written as JSON: " + content.getClass(), e);
    }
  }

  /** A response that says what went wrong. */
  public static Response error(int status, String message) {
    return json(status, Map.of("error", message));
  }

  int status() {
    return status;
  }

  byte[] body() {
    return body;
  }
}
