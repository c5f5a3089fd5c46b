package io.poolwatch.examples.storefront;

import io.poolwatch.examples.CommandLine;
import io.poolwatch.examples.PortFile;
import java.io.IOException;
import java.util.Set;

/** What can be set when the storefront starts. Immutable. */
public final class StorefrontOptions {
  private static final int DEFAULT_PORT = 8080;

  private final int port;
  private final String portFile;

  private StorefrontOptions(int port, String portFile) {
    this.port = port;
    this.portFile = portFile;
  }

  /** Reads {@code --port} (0: a free one) and {@code --port-file} out of parsed options. */
  public static StorefrontOptions from(CommandLine line) {
    return new StorefrontOptions(
        line.number("port", DEFAULT_PORT, 0, 65_535), line.text("port-file", ""));
  }

  static StorefrontOptions parseOrExit(String[] args) {
    try {
      return from(CommandLine.parse(args, Set.of("port", "port-file")));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + ". Options: --port N, --port-file FILE");
      System.exit(2);
      throw e;
    }
  }

  int port() {
    return port;
  }

  void announce(int actualPort) throws IOException {
    PortFile.write(portFile, actualPort);
  }
}
