package io.poolwatch.examples.storefront;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Finds the handler of a request. Filled before the server starts, read-only after. */
public final class Router {
  private final List<Route> routes = new ArrayList<>();

  /** Answers one request; may block. */
  @FunctionalInterface
  public interface Handler {
    /** The answer; what is thrown becomes a 4xx or 5xx answer. */
    Response handle(Request request) throws Exception;
  }

  /** Adds a route; {@code pathPattern} is a regular expression for the whole path. */
  public Router add(String method, String pathPattern, Handler handler) {
    routes.add(new Route(method, Pattern.compile(pathPattern), handler));
    return this;
  }

  Response handle(Request request) throws Exception {
    boolean pathKnown = false;
    for (Route route : routes) {
      if (route.path.matcher(request.path()).matches()) {
        if (route.method.equals(request.method())) {
          return route.handler.handle(request);
        }
        pathKnown = true;
      }
    }
    return pathKnown
        ? Response.error(405, "Not allowed: " + request.method())
        : Response.error(404, "No such path: " + request.path());
  }

  private static final class Route {
    final String method;
    final Pattern path;
    final Handler handler;

    Route(String method, Pattern path, Handler handler) {
      this.method = method;
      this.path = path;
      this.handler = handler;
    }
  }
}
