package io.poolwatch.fork;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Takes what forked services export by OTLP over HTTP, on a port of its own. Thread-safe. */
public final class OtlpCollector implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final List<ScopeMetrics> metrics = Collections.synchronizedList(new ArrayList<>());
  private final List<LogRecord> logs = Collections.synchronizedList(new ArrayList<>());

  /** Spans by trace, both in hexadecimal. */
  private final Map<String, Set<String>> spans = new ConcurrentHashMap<>();

  private OtlpCollector(HttpServer server) {
    this.server = server;
  }

  /** Starts on a free port of the loopback address. */
  public static OtlpCollector start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    OtlpCollector collector = new OtlpCollector(server);
    server.createContext("/v1/metrics", collector::takeMetrics);
    server.createContext("/v1/traces", collector::takeTraces);
    server.createContext("/v1/logs", collector::takeLogs);
    server.setExecutor(collector.threads);
    server.start();
    return collector;
  }

  /** For {@code OTEL_EXPORTER_OTLP_ENDPOINT}. */
  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The ids of all traces whose spans came, in hexadecimal. */
  public Set<String> traceIds() {
    return spans.keySet();
  }

  /** The ids of a trace's spans that came, in hexadecimal. */
  public Set<String> spanIds(String traceId) {
    return spans.getOrDefault(traceId, Set.of());
  }

  /** The scopes that metrics came from. */
  public Set<String> scopes() {
    Set<String> names = new HashSet<>();
    for (ScopeMetrics scope : metrics()) {
      names.add(scope.getScope().getName());
    }
    return names;
  }

  /** The names of the metrics of a scope. */
  public Set<String> metricNames(String scopeName) {
    Set<String> names = new HashSet<>();
    for (ScopeMetrics scope : metrics()) {
      if (scope.getScope().getName().equals(scopeName)) {
        scope.getMetricsList().forEach(metric -> names.add(metric.getName()));
      }
    }
    return names;
  }

  /** The sum over all points of a counter, as it was exported last. */
  public long lastSum(String name) {
    long sum = 0;
    for (Metric metric : metrics(name)) {
      sum = metric.getSum().getDataPointsList().stream().mapToLong(NumberDataPoint::getAsInt).sum();
    }
    return sum;
  }

  /**
   * The sum over those points of a counter that bear all the attributes, as it was exported last.
   *
   * @param attributes each as {@code key=value}
   * @throws IllegalStateException if the metric was never exported: that is no zero
   */
  public long last(String name, String... attributes) {
    return lastPoints(name, attributes).mapToLong(NumberDataPoint::getAsInt).sum();
  }

  /**
   * The sums over those points of a counter that bear all the attributes, as it was exported last,
   * by the value of one more.
   *
   * @param key the attribute whose values are the keys of the result
   */
  public Map<String, Long> lastBy(String key, String name, String... attributes) {
    return lastPoints(name, attributes)
        .flatMap(
            point ->
                point.getAttributesList().stream()
                    .filter(each -> each.getKey().equals(key))
                    .map(each -> Map.entry(each.getValue().getStringValue(), point.getAsInt())))
        .collect(
            Collectors.groupingBy(Map.Entry::getKey, Collectors.summingLong(Map.Entry::getValue)));
  }

  /** Whether a counter had a point with all the attributes as it was exported last, be it 0. */
  public boolean has(String name, String... attributes) {
    return lastPoints(name, attributes).findAny().isPresent();
  }

  private Stream<NumberDataPoint> lastPoints(String name, String... attributes) {
    List<Metric> exported = metrics(name);
    if (exported.isEmpty()) {
      throw new IllegalStateException(name + " was never exported");
    }
    return exported.get(exported.size() - 1).getSum().getDataPointsList().stream()
        .filter(point -> attributes(point).containsAll(List.of(attributes)));
  }

  private static Set<String> attributes(NumberDataPoint point) {
    Set<String> texts = new HashSet<>();
    point
        .getAttributesList()
        .forEach(each -> texts.add(each.getKey() + "=" + each.getValue().getStringValue()));
    return texts;
  }

  /** The trace ids of all exemplars of a histogram, in hexadecimal. */
  public List<String> exemplarTraceIds(String name) {
    List<String> ids = new ArrayList<>();
    for (Metric metric : metrics(name)) {
      for (HistogramDataPoint point : metric.getHistogram().getDataPointsList()) {
        for (Exemplar exemplar : point.getExemplarsList()) {
          if (!exemplar.getTraceId().isEmpty()) {
            ids.add(hexadecimal(exemplar.getTraceId()));
          }
        }
      }
    }
    return ids;
  }

  private List<Metric> metrics(String name) {
    List<Metric> found = new ArrayList<>();
    for (ScopeMetrics scope : metrics()) {
      scope.getMetricsList().stream().filter(m -> m.getName().equals(name)).forEach(found::add);
    }
    return found;
  }

  private List<ScopeMetrics> metrics() {
    synchronized (metrics) {
      return new ArrayList<>(metrics);
    }
  }

  private void takeMetrics(HttpExchange exchange) throws IOException {
    ExportMetricsServiceRequest request = ExportMetricsServiceRequest.parseFrom(body(exchange));
    for (ResourceMetrics resource : request.getResourceMetricsList()) {
      metrics.addAll(resource.getScopeMetricsList());
    }
    answer(exchange);
  }

  private void takeTraces(HttpExchange exchange) throws IOException {
    ExportTraceServiceRequest.parseFrom(body(exchange)).getResourceSpansList().stream()
        .flatMap(resource -> resource.getScopeSpansList().stream())
        .flatMap(scope -> scope.getSpansList().stream())
        .forEach(
            span ->
                spans
                    .computeIfAbsent(
                        hexadecimal(span.getTraceId()), trace -> ConcurrentHashMap.newKeySet())
                    .add(hexadecimal(span.getSpanId())));
    answer(exchange);
  }

  private void takeLogs(HttpExchange exchange) throws IOException {
    ExportLogsServiceRequest.parseFrom(body(exchange)).getResourceLogsList().stream()
        .flatMap(resource -> resource.getScopeLogsList().stream())
        .flatMap(scope -> scope.getLogRecordsList().stream())
        .forEach(logs::add);
    answer(exchange);
  }

  /** All log records that came. */
  public List<LogRecord> logs() {
    synchronized (logs) {
      return new ArrayList<>(logs);
    }
  }

  /** Those of an event, in their order. */
  public List<LogRecord> logs(String event) {
    return logs().stream()
        .filter(record -> record.getEventName().equals(event))
        .collect(Collectors.toList());
  }

  /** What a record bears, as text. */
  public static Map<String, String> attributes(LogRecord record) {
    return record.getAttributesList().stream()
        .collect(Collectors.toMap(each -> each.getKey(), each -> each.getValue().getStringValue()));
  }

  private static byte[] body(HttpExchange exchange) throws IOException {
    byte[] bytes = exchange.getRequestBody().readAllBytes();
    if (!"gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
      return bytes;
    }
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    }
  }

  private static void answer(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  /** An id as people read it. */
  public static String hexadecimal(ByteString id) {
    StringBuilder text = new StringBuilder(2 * id.size());
    for (byte each : id.toByteArray()) {
      text.append(Character.forDigit((each >> 4) & 15, 16))
          .append(Character.forDigit(each & 15, 16));
    }
    return text.toString();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
