package io.poolwatch.examples.fault;

import io.poolwatch.examples.CommandLine;
import io.poolwatch.examples.storefront.Storefront;
import io.poolwatch.examples.storefront.StorefrontOptions;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;

/**
 * The storefront with faults to switch on while it runs, see {@link FaultRoutes}. Options: those of
 * {@link Storefront} and {@code --fault NAME}, on from the start.
 */
public final class FaultyStorefront {
  private FaultyStorefront() {}

  /** Starts one on {@code port}, or on a free one if it is 0. */
  public static Storefront start(int port, FaultSwitches switches)
      throws IOException, SQLException {
    return Storefront.start(port, new FaultyParts(switches));
  }

  /** Runs until the process is told to stop. */
  public static void main(String[] args) throws Exception {
    FaultSwitches switches = new FaultSwitches();
    StorefrontOptions options;
    try {
      CommandLine line = CommandLine.parse(args, Set.of("port", "port-file", "fault"));
      options = StorefrontOptions.from(line);
      String fault = line.text("fault", "");
      if (!fault.isEmpty()) {
        switches.set(Fault.byId(fault).orElseThrow(() -> noSuchFault(fault)), true);
      }
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + ". Options: --port N, --port-file FILE, --fault NAME");
      System.exit(2);
      return;
    }
    Storefront.runUntilStopped(options, new FaultyParts(switches));
  }

  private static IllegalArgumentException noSuchFault(String name) {
    return new IllegalArgumentException("No such fault: " + name + ". There are: " + Fault.ids());
  }
}
