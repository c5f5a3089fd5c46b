package io.poolwatch.examples.receiver;

import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * OTLP over HTTP with protobuf, on loopback: {@code POST /v1/metrics}, plain or gzip. Beside it,
 * {@code POST /note} takes a line of text to show and {@code POST /end} asks for the end.
 */
final class OtlpEndpoint implements AutoCloseable {
  private static final int LARGEST_BODY_BYTES = 64 * 1024 * 1024;
  private static final int LONGEST_NOTE_BYTES = 500;

  private final HttpServer server;
  private final ExecutorService threads;

  /** Listens on {@code port}, or on a free one if it is 0. */
  OtlpEndpoint(int port, OtlpDecoder decoder, Consumer<String> onNote, Runnable onEnd)
      throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    threads =
        Executors.newFixedThreadPool(
            4,
            task -> {
              Thread thread = new Thread(task, "receiver");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext("/", exchange -> answer(exchange, 404, "No such path"));
    server.createContext("/v1/metrics", post(exchange -> metrics(exchange, decoder)));
    server.createContext(
        "/note",
        post(
            exchange -> {
              byte[] note = exchange.getRequestBody().readNBytes(LONGEST_NOTE_BYTES);
              onNote.accept(new String(note, StandardCharsets.UTF_8).strip());
              answer(exchange, 200, "");
            }));
    server.createContext(
        "/end",
        post(
            exchange -> {
              answer(exchange, 200, "");
              onEnd.run();
            }));
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static HttpHandler post(HttpHandler handler) {
    return exchange -> {
      try {
        if (exchange.getRequestMethod().equals("POST")) {
          handler.handle(exchange);
        } else {
          answer(exchange, 405, "Only POST");
        }
      } finally {
        exchange.close();
      }
    };
  }

  private static void metrics(HttpExchange exchange, OtlpDecoder decoder) throws IOException {
    String type = header(exchange, "Content-Type");
    if (!type.startsWith("application/x-protobuf")) {
      answer(exchange, 415, "Only application/x-protobuf, not \"" + type + "\"");
      return;
    }
    try {
      byte[] body = body(exchange);
      if (body.length > LARGEST_BODY_BYTES) {
        answer(exchange, 413, "More than " + LARGEST_BODY_BYTES + " bytes");
        return;
      }
      decoder.accept(ExportMetricsServiceRequest.parseFrom(body));
    } catch (InvalidProtocolBufferException | ZipException e) {
      answer(exchange, 400, "Cannot be read: " + e.getMessage());
      return;
    }
    // An empty body is the encoding of a response that accepts everything.
    exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
    exchange.sendResponseHeaders(200, -1);
  }

  private static byte[] body(HttpExchange exchange) throws IOException {
    InputStream in = exchange.getRequestBody();
    if (header(exchange, "Content-Encoding").equals("gzip")) {
      in = new GZIPInputStream(in);
    }
    return in.readNBytes(LARGEST_BODY_BYTES + 1);
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
