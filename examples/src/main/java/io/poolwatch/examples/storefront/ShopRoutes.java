package io.poolwatch.examples.storefront;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The shop as HTTP and JSON. */
final class ShopRoutes {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> LEVELS = Set.of("standard", "gold");

  private final Shop shop;

  private ShopRoutes(Shop shop) {
    this.shop = shop;
  }

  static void addTo(Router router, Shop shop) {
    ShopRoutes routes = new ShopRoutes(shop);
    router
        .add("GET", "/health", request -> Response.json(200, Map.of("status", "up")))
        .add("GET", "/products", request -> Response.json(200, shop.catalog().all()))
        .add("POST", "/orders", routes::place)
        .add("GET", "/orders/[0-9]{1,18}", routes::find)
        .add("GET", "/shipping/quote", routes::quote);
  }

  private Response place(Request request) throws Exception {
    JsonNode order = parse(request.body());
    String customer = customer(order.path("customer").asText());
    String level = level(order.path("level").asText("standard"));
    Order placed = shop.place(customer, level, lines(order.path("lines")));
    return placed == null ? Response.error(409, "Out of stock") : Response.json(201, placed);
  }

  private Response find(Request request) throws Exception {
    Order order = shop.find(Long.parseLong(request.lastSegment()));
    return order == null ? Response.error(404, "No such order") : Response.json(200, order);
  }

  private Response quote(Request request) throws Exception {
    String country = request.parameter("country", "CH");
    if (!country.matches("[A-Z]{2}")) {
      throw new BadRequestException("Not a country code: " + country);
    }
    int grams = number(request.parameter("grams", "500"), "grams", 1, 1_000_000);
    long cents =
        shop.quoteShipping(
            customer(request.parameter("customer", "guest")),
            level(request.parameter("level", "standard")),
            country,
            grams);
    return Response.json(200, Map.of("country", country, "grams", grams, "priceCents", cents));
  }

  private List<OrderLine> lines(JsonNode nodes) throws BadRequestException {
    List<OrderLine> lines = new ArrayList<>();
    for (JsonNode node : nodes) {
      String sku = node.path("sku").asText();
      Product product = shop.catalog().find(sku);
      if (product == null) {
        throw new BadRequestException("No such product: " + sku);
      }
      int quantity = number(node.path("quantity").asText(), "quantity", 1, 1_000);
      lines.add(new OrderLine(sku, quantity, product.getPriceCents()));
    }
    if (lines.isEmpty() || lines.size() > 50) {
      throw new BadRequestException("An order has 1 to 50 lines");
    }
    return lines;
  }

  private static JsonNode parse(byte[] body) throws BadRequestException {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new BadRequestException("Not JSON");
    }
  }

  private static String customer(String name) throws BadRequestException {
    if (!name.matches("[A-Za-z0-9-]{1,64}")) {
      throw new BadRequestException("Not a customer: " + name);
    }
    return name;
  }

  private static String level(String level) throws BadRequestException {
    if (!LEVELS.contains(level)) {
      throw new BadRequestException("No such service level: " + level);
    }
    return level;
  }

  private static int number(String text, String what, int least, int most)
      throws BadRequestException {
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // The same answer as for a number out of range.
    }
    throw new BadRequestException(what + " must be a number from " + least + " to " + most);
  }
}
