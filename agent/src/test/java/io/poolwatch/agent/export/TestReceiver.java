package io.poolwatch.agent.export;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.util.internal.logging.InternalLoggerFactory;
import io.grpc.netty.shaded.io.netty.util.internal.logging.JdkLoggerFactory;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/**
 * What a service exports to, in a process of its own. Arguments: a kind and a port, 0 for any.
 * Kinds: {@code http}, {@code grpc}, {@code refuse} (503 to all), {@code garbage} (bytes that are
 * no HTTP), {@code silent} (accepts, never answers). Prints its port; at each line on standard
 * input, what it received so far, ended by an empty line.
 */
final class TestReceiver {
  private final Map<String, Double> values = new TreeMap<>();

  public static void main(String[] args) throws Exception {
    // Standard output is for what was received.
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
    TestReceiver receiver = new TestReceiver();
    // Loads what the first batch needs, which is to be answered in time on a busy machine, too.
    ExportMetricsServiceRequest.parseFrom(
        ExportMetricsServiceRequest.newBuilder()
            .addResourceMetrics(ResourceMetrics.getDefaultInstance())
            .build()
            .toByteArray());
    System.out.println(receiver.start(args[0], Integer.parseInt(args[1])));
    Scanner orders = new Scanner(System.in, StandardCharsets.UTF_8);
    while (orders.hasNextLine()) {
      orders.nextLine();
      receiver.print();
    }
    System.exit(0);
  }

  private synchronized void print() {
    values.forEach((name, value) -> System.out.println(name + " = " + value));
    System.out.println();
  }

  private int start(String kind, int port) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    switch (kind) {
      case "http":
      case "refuse":
        HttpServer http = HttpServer.create(address, 0);
        http.createContext("/", exchange -> answer(exchange, kind.equals("http")));
        http.start();
        return http.getAddress().getPort();
      case "grpc":
        Server grpc =
            NettyServerBuilder.forAddress(address).addService(new Service()).build().start();
        return grpc.getPort();
      default:
        ServerSocket raw = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> accept(raw, kind.equals("garbage")));
        thread.setDaemon(true);
        thread.start();
        return raw.getLocalPort();
    }
  }

  private static void accept(ServerSocket raw, boolean garbage) {
    List<Socket> held = new ArrayList<>();
    while (true) {
      try {
        Socket socket = raw.accept();
        if (garbage) {
          socket.getOutputStream().write(new byte[] {0, 1, 2, 'x', '\n', 27, '[', 'J', '\n', '\n'});
          socket.close();
        } else {
          held.add(socket);
        }
      } catch (IOException e) {
        return;
      }
    }
  }

  private void answer(HttpExchange exchange, boolean take) throws IOException {
    boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    try (InputStream body = exchange.getRequestBody();
        InputStream plain = gzip ? new GZIPInputStream(body) : body) {
      byte[] bytes = plain.readAllBytes();
      if (!take) {
        exchange.sendResponseHeaders(503, -1);
        return;
      }
      note("path " + exchange.getRequestURI());
      note("gzip " + gzip);
      note("header " + exchange.getRequestHeaders().getFirst("x-team"));
      take(ExportMetricsServiceRequest.parseFrom(bytes));
      exchange.sendResponseHeaders(200, -1);
    } finally {
      exchange.close();
    }
  }

  private synchronized void note(String what) {
    values.merge(what, 1.0, Double::sum);
  }

  private synchronized void take(ExportMetricsServiceRequest request) {
    note("batches");
    for (ResourceMetrics resource : request.getResourceMetricsList()) {
      note("resource " + attributes(resource.getResource().getAttributesList()));
      for (ScopeMetrics scope : resource.getScopeMetricsList()) {
        note("scope " + scope.getScope().getName());
        for (Metric metric : scope.getMetricsList()) {
          take(metric);
        }
      }
    }
  }

  private void take(Metric metric) {
    if (metric.hasSum()) {
      boolean delta =
          metric.getSum().getAggregationTemporality()
              == AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
      for (NumberDataPoint point : metric.getSum().getDataPointsList()) {
        double value = point.hasAsInt() ? point.getAsInt() : point.getAsDouble();
        put(metric.getName() + attributes(point.getAttributesList()), value, delta);
      }
    } else if (metric.hasHistogram()) {
      boolean delta =
          metric.getHistogram().getAggregationTemporality()
              == AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
      for (HistogramDataPoint point : metric.getHistogram().getDataPointsList()) {
        String series = metric.getName() + attributes(point.getAttributesList());
        put(series + " count", point.getCount(), delta);
        double inBuckets = point.getBucketCountsList().stream().mapToLong(Long::longValue).sum();
        put(series + " buckets", inBuckets, delta);
      }
    }
  }

  private void put(String series, double value, boolean delta) {
    if (delta) {
      note("delta");
      values.merge(series, value, Double::sum);
    } else {
      values.put(series, value);
    }
  }

  private static String attributes(List<KeyValue> attributes) {
    return attributes.stream()
        .filter(attribute -> !attribute.getKey().startsWith("telemetry."))
        .filter(attribute -> !attribute.getKey().equals("service.instance.id"))
        .map(attribute -> attribute.getKey() + ":" + attribute.getValue().getStringValue())
        .sorted()
        .collect(Collectors.joining(",", "{", "}"));
  }

  private final class Service extends MetricsServiceGrpc.MetricsServiceImplBase {
    @Override
    public void export(
        ExportMetricsServiceRequest request,
        StreamObserver<ExportMetricsServiceResponse> response) {
      take(request);
      response.onNext(ExportMetricsServiceResponse.getDefaultInstance());
      response.onCompleted();
    }
  }
}
