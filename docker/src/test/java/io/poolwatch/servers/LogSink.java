package io.poolwatch.servers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/** Takes OTLP log records in the place of Loki, and keeps what came, as bytes. */
final class LogSink implements AutoCloseable {
  private final HttpServer server;
  private final List<String> requests = new CopyOnWriteArrayList<>();

  private LogSink(HttpServer server) {
    this.server = server;
  }

  static LogSink start() throws IOException {
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePorts.next()), 0);
    LogSink sink = new LogSink(server);
    server.createContext("/otlp/v1/logs", sink::take);
    server.start();
    return sink;
  }

  /** As compose.yaml gives Loki's to the collector. */
  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/otlp";
  }

  /** The requests so far; names and texts in protobuf are plain text. */
  List<String> requests() {
    return requests;
  }

  private void take(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
      body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
    }
    requests.add(new String(body, StandardCharsets.UTF_8));
    exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
