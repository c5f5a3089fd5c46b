package io.poolwatch.examples.storefront;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;

/** One HTTP request, taken out of Netty's buffers. Immutable. */
public final class Request {
  private final String method;
  private final String path;
  private final QueryStringDecoder query;
  private final byte[] body;

  Request(String method, String uri, byte[] body) {
    this.method = method;
    this.query = new QueryStringDecoder(uri);
    this.path = query.path();
    this.body = body;
  }

  public String method() {
    return method;
  }

  /** The path, without the query. */
  public String path() {
    return path;
  }

  /** What follows the last slash of the path. */
  public String lastSegment() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The query parameter's first value, or {@code otherwise} if it is absent. */
  public String parameter(String name, String otherwise) {
    List<String> values = query.parameters().get(name);
    return values == null || values.isEmpty() ? otherwise : values.get(0);
  }

  byte[] body() {
    return body;
  }
}
