package io.poolwatch.servers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** Passes each OTLP request on to several stores, which name the metrics in different ways. */
final class FanOut implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpServer server;
  private final List<String> endpoints;

  private FanOut(HttpServer server, List<String> endpoints) {
    this.server = server;
    this.endpoints = endpoints;
  }

  static FanOut start(List<String> endpoints) throws IOException {
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePorts.next()), 0);
    FanOut fanOut = new FanOut(server, endpoints);
    server.createContext("/", fanOut::pass);
    server.start();
    return fanOut;
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void pass(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    int status = 200;
    for (String endpoint : endpoints) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(endpoint + exchange.getRequestURI()))
              .POST(HttpRequest.BodyPublishers.ofByteArray(body));
      for (String header : List.of("Content-Type", "Content-Encoding")) {
        String value = exchange.getRequestHeaders().getFirst(header);
        if (value != null) {
          request.header(header, value);
        }
      }
      try {
        HttpResponse<Void> response =
            client.send(request.build(), HttpResponse.BodyHandlers.discarding());
        status = response.statusCode() / 100 == 2 ? status : response.statusCode();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        status = 503;
      }
    }
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
