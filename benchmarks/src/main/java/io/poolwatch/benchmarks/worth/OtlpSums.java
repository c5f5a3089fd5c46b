package io.poolwatch.benchmarks.worth;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;

/**
 * Takes OTLP over HTTP/protobuf, and keeps of each sum of integers the latest value, that of all
 * its points together. Thread-safe.
 *
 * <p>Fields by number: a request's 1 is a resource, its 2 a scope, its 2 a metric, with its name in
 * 1 and a sum in 7, of which 1 is a point, with an integer in 6.
 */
final class OtlpSums implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, Long> latest = new ConcurrentHashMap<>();

  private OtlpSums(HttpServer server) {
    this.server = server;
  }

  static OtlpSums start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    OtlpSums sums = new OtlpSums(server);
    server.createContext("/", sums::take);
    server.start();
    return sums;
  }

  /** Where to send to. */
  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The latest value of a metric; fails if there was none. */
  long last(String metric) {
    Long value = latest.get(metric);
    if (value == null) {
      throw new IllegalStateException("nothing was received of " + metric);
    }
    return value;
  }

  private void take(HttpExchange exchange) throws IOException {
    boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    try (InputStream body = exchange.getRequestBody();
        InputStream plain = zipped ? new GZIPInputStream(body) : body) {
      ByteBuffer request = ByteBuffer.wrap(plain.readAllBytes());
      if (exchange.getRequestURI().getPath().endsWith("/metrics")) {
        each(request, 1, resource -> each(resource, 2, scope -> each(scope, 2, this::metric)));
      }
    }
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  private void metric(ByteBuffer metric) {
    StringBuilder name = new StringBuilder();
    each(metric, 1, text -> name.append(StandardCharsets.UTF_8.decode(text)));
    long[] sum = new long[1];
    boolean[] any = new boolean[1];
    each(
        metric,
        7,
        points ->
            each(
                points,
                1,
                point ->
                    each(
                        point,
                        6,
                        value -> {
                          any[0] = true;
                          sum[0] += value.order(ByteOrder.LITTLE_ENDIAN).getLong();
                        })));
    if (any[0]) {
      latest.put(name.toString(), sum[0]);
    }
  }

  private interface Field {
    void take(ByteBuffer content);
  }

  /** Shows each field of a number in a message that has bytes or eight of them as its content. */
  private static void each(ByteBuffer message, int number, Field field) {
    ByteBuffer rest = message.duplicate();
    while (rest.hasRemaining()) {
      long key = varint(rest);
      int length;
      switch ((int) (key & 7)) {
        case 0:
          varint(rest);
          continue;
        case 1:
          length = 8;
          break;
        case 2:
          length = (int) varint(rest);
          break;
        case 5:
          length = 4;
          break;
        default:
          throw new IllegalArgumentException("no such type of field: " + key);
      }
      ByteBuffer content = rest.duplicate();
      content.limit(content.position() + length);
      if (key >>> 3 == number) {
        field.take(content);
      }
      rest.position(rest.position() + length);
    }
  }

  private static long varint(ByteBuffer from) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = from.get();
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
