package io.poolwatch.agent.gc;

import java.io.File;

/**
 * How much room the flight recorder has where it writes.
 *
 * <p>Not a nicety: HotSpot ends the whole JVM when a write of the recorder finds the disk full.
 */
final class FlightDisk {
  static final String LITTLE_ROOM =
      "the disk of the flight recorder is nearly full, and the JVM would end with it";

  private FlightDisk() {}

  /** Free bytes there, once the recorder has been asked for; 0 if that cannot be known. */
  static long freeBytes() {
    String place = System.getProperty("jdk.jfr.repository");
    if (place == null) {
      place = System.getProperty("java.io.tmpdir", "");
    }
    return new File(place).getUsableSpace();
  }
}
