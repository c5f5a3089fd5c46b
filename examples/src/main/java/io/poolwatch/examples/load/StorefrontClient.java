package io.poolwatch.examples.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** Acts as the storefront's customers. Safe for use by many threads. */
final class StorefrontClient {
  private static final int CUSTOMERS = 5_000;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final URI storefront;
  private final AtomicLong ordersPlaced = new AtomicLong();

  StorefrontClient(URI storefront) {
    this.storefront = storefront;
  }

  /** Does it and returns the HTTP status. */
  int perform(Action action, Random random) throws IOException, InterruptedException {
    String customer = "c" + random.nextInt(CUSTOMERS);
    String level = random.nextInt(4) == 0 ? "gold" : "standard";
    switch (action) {
      case BROWSE:
        return send(request("/products").GET());
      case LOOKUP:
        return send(request("/orders/" + anyOrder(random)).GET());
      case QUOTE:
        return send(
            request(
                    "/shipping/quote?customer="
                        + customer
                        + "&level="
                        + level
                        + "&country=CH&grams="
                        + (100 + random.nextInt(4_900)))
                .GET());
      case ORDER:
        return placeOrder(customer, level, random);
    }
    throw new IllegalStateException("No such action: " + action);
  }

  private int placeOrder(String customer, String level, Random random)
      throws IOException, InterruptedException {
    String body =
        "{\"customer\":\""
            + customer
            + "\",\"level\":\""
            + level
            + "\",\"lines\":["
            + "{\"sku\":\"tea-assam\",\"quantity\":"
            + (1 + random.nextInt(3))
            + "},"
            + "{\"sku\":\"cup-clay\",\"quantity\":"
            + (1 + random.nextInt(6))
            + "}]}";
    int status = send(request("/orders").POST(BodyPublishers.ofString(body)));
    if (status == 201) {
      ordersPlaced.incrementAndGet();
    }
    return status;
  }

  /** Identities count up from one, so one that this client placed; before the first, order 1. */
  private long anyOrder(Random random) {
    long placed = Math.max(1, ordersPlaced.get());
    return 1 + (long) (random.nextDouble() * placed);
  }

  private HttpRequest.Builder request(String pathAndQuery) {
    return HttpRequest.newBuilder(storefront.resolve(pathAndQuery)).timeout(Duration.ofSeconds(5));
  }

  private int send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.discarding()).statusCode();
  }
}
