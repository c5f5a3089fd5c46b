package io.poolwatch.examples.fault;

import io.poolwatch.examples.storefront.Request;
import io.poolwatch.examples.storefront.Response;
import io.poolwatch.examples.storefront.Router;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code GET /admin/faults} tells them all; {@code POST /admin/faults/NAME?on=true} sets one. */
final class FaultRoutes {
  private final FaultSwitches switches;

  private FaultRoutes(FaultSwitches switches) {
    this.switches = switches;
  }

  static void addTo(Router router, FaultSwitches switches) {
    FaultRoutes routes = new FaultRoutes(switches);
    router
        .add("GET", "/admin/faults", request -> routes.list())
        .add("POST", "/admin/faults/[^/]+", routes::set);
  }

  private Response list() {
    Map<String, Object> faults = new LinkedHashMap<>();
    for (Fault fault : Fault.values()) {
      Map<String, Object> about = new LinkedHashMap<>();
      about.put("on", switches.isOn(fault));
      about.put("mistake", fault.mistake());
      about.put("seen", fault.seen());
      faults.put(fault.id(), about);
    }
    return Response.json(200, faults);
  }

  private Response set(Request request) {
    String id = request.lastSegment();
    Fault fault = Fault.byId(id).orElse(null);
    if (fault == null) {
      return Response.error(404, "No such fault: " + id + ". There are: " + Fault.ids());
    }
    String on = request.parameter("on", "");
    if (!on.equals("true") && !on.equals("false")) {
      return Response.error(400, "Say ?on=true or ?on=false");
    }
    switches.set(fault, on.equals("true"));
    return Response.json(200, Map.of("fault", id, "on", switches.isOn(fault)));
  }
}
