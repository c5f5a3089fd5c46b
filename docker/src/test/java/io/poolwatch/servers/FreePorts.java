package io.poolwatch.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports on loopback for servers that must be told theirs.
 *
 * <p>A port asked of the system (port 0) comes from the range that it gives to outgoing connections
 * too: by the time the server binds it, a connection of another process may hold it, and the system
 * may give it out twice. These lie below that range, which starts at 32768 on Linux and higher
 * elsewhere, and none is handed out twice.
 */
final class FreePorts {
  private static final int FIRST = 20_000;
  private static final int END = 32_000;
  // Two builds on one machine should not try the same ports in the same order.
  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(FIRST, END));

  private FreePorts() {}

  /** The next port that nothing listens on. */
  static int next() throws IOException {
    for (int tries = 0; tries < END - FIRST; tries++) {
      int port = NEXT.getAndUpdate(last -> last + 1 == END ? FIRST : last + 1);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IOException("no free port from " + FIRST + " to " + END);
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
