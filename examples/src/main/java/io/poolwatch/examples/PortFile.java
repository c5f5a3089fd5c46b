package io.poolwatch.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Tells another process the free port that a server chose. */
public final class PortFile {
  private PortFile() {}

  /** Writes the port into {@code file}, all at once; does nothing if the name is empty. */
  public static void write(String file, int port) throws IOException {
    if (file.isEmpty()) {
      return;
    }
    Path target = Path.of(file);
    Path draft = Path.of(file + ".new");
    Files.writeString(draft, port + "\n");
    Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
  }
}
