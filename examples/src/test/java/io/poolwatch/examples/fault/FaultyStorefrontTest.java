package io.poolwatch.examples.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.poolwatch.examples.storefront.Storefront;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real requests to a real storefront; what the faults do is read off the real pools. */
class FaultyStorefrontTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private Storefront storefront;

  @BeforeEach
  void start() throws Exception {
    storefront = FaultyStorefront.start(0, new FaultSwitches());
  }

  @AfterEach
  void stop() {
    storefront.close();
  }

  @Test
  void placedOrderIsFoundAgain() throws Exception {
    HttpResponse<String> placed =
        post(
            "/orders",
            "{\"customer\":\"ann\",\"level\":\"gold\",\"lines\":[{\"sku\":\"whisk\",\"quantity\":2}]}");

    assertThat(placed.statusCode()).isEqualTo(201);
    JsonNode order = JSON.readTree(placed.body());
    assertThat(order.path("totalCents").asLong()).isEqualTo(2 * 1_290);
    HttpResponse<String> found = get("/orders/" + order.path("id").asLong());
    assertThat(found.statusCode()).isEqualTo(200);
    assertThat(JSON.readTree(found.body())).isEqualTo(order);
  }

  @Test
  void productsAndQuotesAreServedAsJson() throws Exception {
    HttpResponse<String> products = get("/products");
    HttpResponse<String> quote = get("/shipping/quote?country=DE&grams=900");

    assertThat(JSON.readTree(products.body()).findValuesAsText("sku")).contains("kettle");
    assertThat(products.headers().firstValue("content-type")).contains("application/json");
    assertThat(JSON.readTree(quote.body()).path("priceCents").asLong()).isEqualTo(1_290 + 90);
  }

  @Test
  void badRequestsAreRefusedByName() throws Exception {
    assertRefused(post("/orders", "{"), 400, "Not JSON");
    assertRefused(
        post("/orders", "{\"customer\":\"ann\",\"lines\":[{\"sku\":\"gold-bar\"}]}"),
        400,
        "No such product: gold-bar");
    assertRefused(get("/shipping/quote?grams=many"), 400, "grams must be a number");
    assertRefused(get("/orders/999"), 404, "No such order");
    assertRefused(get("/orders"), 405, "Not allowed: GET");
    assertRefused(get("/nowhere"), 404, "No such path: /nowhere");
    assertRefused(post("/admin/faults/flood?on=true", ""), 404, "No such fault: flood");
    assertRefused(post("/admin/faults/leak", ""), 400, "?on=true");
  }

  @Test
  void withoutFaultsEverythingComesBack() throws Exception {
    placeOrders(40);

    assertEverythingComesBack();
    assertThat(storefront.connections().getCreatedCount()).isEqualTo(1);
    assertThat(storefront.connections().getDestroyedCount()).isZero();
  }

  @Test
  void leakKeepsOneConnectionForEveryTenthOrderUntilItIsOff() throws Exception {
    switchFault(Fault.LEAK, true);
    placeOrders(40);
    assertThat(storefront.dataSource().getNumActive()).isEqualTo(4);

    switchFault(Fault.LEAK, false);
    placeOrders(40);
    assertThat(storefront.dataSource().getNumActive()).isEqualTo(4);
  }

  @Test
  void useAfterReturnAsksAnotherTimeOverTheReturnedConnection() throws Exception {
    switchFault(Fault.USE_AFTER_RETURN, true);
    quote(40);
    switchFault(Fault.USE_AFTER_RETURN, false);

    // One client at a time: nobody else holds the connection, so the misuse stays invisible here.
    var pool = storefront.connections();
    assertThat(pool.getBorrowedCount()).isEqualTo(40);
    assertThat(pool.getReturnedCount()).isEqualTo(40);
    var key = pool.getKeys().get(0);
    var connection = pool.borrowObject(key);
    assertThat(connection.questionsAsked()).isEqualTo(1 + 40 + 2);
    pool.returnObject(key, connection);
  }

  @Test
  void doubleReturnIsRefusedByThePoolAndNotSeenByTheCustomer() throws Exception {
    switchFault(Fault.DOUBLE_RETURN, true);
    quote(40);
    switchFault(Fault.DOUBLE_RETURN, false);

    var pool = storefront.connections();
    assertThat(pool.getBorrowedCount()).isEqualTo(40);
    assertThat(pool.getReturnedCount()).isEqualTo(40);
    assertEverythingComesBack();
  }

  @Test
  void keyFragmentationOpensAConnectionForEveryCustomer() throws Exception {
    switchFault(Fault.KEY_FRAGMENTATION, true);
    quote(60);
    assertThat(storefront.connections().getCreatedCount()).isEqualTo(60);
    assertThat(storefront.connections().getDestroyedCount()).isPositive();

    switchFault(Fault.KEY_FRAGMENTATION, false);
    quote(20);
    assertThat(storefront.connections().getCreatedCount()).isEqualTo(61);
  }

  @Test
  void poolPerRequestLeavesTheSharedPoolUnused() throws Exception {
    switchFault(Fault.POOL_PER_REQUEST, true);
    quote(10);
    assertThat(storefront.connections().getBorrowedCount()).isZero();

    switchFault(Fault.POOL_PER_REQUEST, false);
    quote(10);
    assertThat(storefront.connections().getBorrowedCount()).isEqualTo(10);
  }

  @Test
  void slowValidationMakesEachBorrowTakeADeepCheck() throws Exception {
    quote(1);
    switchFault(Fault.SLOW_VALIDATION, true);
    long start = System.nanoTime();
    quote(10);
    switchFault(Fault.SLOW_VALIDATION, false);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(250));
    assertThat(storefront.connections().getCreatedCount()).isEqualTo(1);
  }

  @Test
  void capturedPagesStayInUseUntilTheFaultIsOff() throws Exception {
    placeOrders(1);
    lookUp(30);
    assertThat(storefront.pages().getNumActive()).isZero();
    assertThat(storefront.pages().getCreatedCount()).isEqualTo(1);

    switchFault(Fault.CAPTURED, true);
    lookUp(30);
    assertThat(storefront.pages().getNumActive()).isEqualTo(30);

    switchFault(Fault.CAPTURED, false);
    lookUp(30);
    assertThat(storefront.pages().getNumActive()).isEqualTo(30);
    assertThat(storefront.pages().getCreatedCount()).isEqualTo(31);
  }

  @Test
  void adminTellsEveryFaultAndWhetherItIsOn() throws Exception {
    switchFault(Fault.LEAK, true);

    JsonNode faults = JSON.readTree(get("/admin/faults").body());

    assertThat(faults.size()).isEqualTo(Fault.values().length);
    assertThat(faults.path("leak").path("on").asBoolean()).isTrue();
    assertThat(faults.path("double-return").path("on").asBoolean(true)).isFalse();
  }

  private void placeOrders(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      String order = "{\"customer\":\"c%d\",\"lines\":[{\"sku\":\"cup-clay\",\"quantity\":1}]}";
      assertThat(post("/orders", String.format(order, i)).statusCode()).isEqualTo(201);
    }
  }

  private void lookUp(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      JsonNode order = JSON.readTree(get("/orders/1").body());
      assertThat(order.path("totalCents").asLong()).isEqualTo(890);
    }
  }

  private void quote(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      assertThat(get("/shipping/quote?grams=100&customer=c" + i).statusCode()).isEqualTo(200);
    }
  }

  private void assertEverythingComesBack() {
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(
            () -> {
              assertThat(storefront.dataSource().getNumActive()).isZero();
              assertThat(storefront.connections().getNumActive()).isZero();
            });
  }

  private static void assertRefused(HttpResponse<String> response, int status, String words) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).contains(words);
  }

  private void switchFault(Fault fault, boolean on) throws Exception {
    assertThat(post("/admin/faults/" + fault.id() + "?on=" + on, "").statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(request(path).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    return http.send(
        request(path).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + storefront.port() + path));
  }
}
