package io.poolwatch.agent.cli;

import io.poolwatch.agent.live.Processes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Which processes are JVMs. */
final class Jvms {
  private static final Path PROC = Path.of("/proc");

  /** The number of the signal by which a JVM is asked to listen. */
  private static final int QUIT = 3;

  private Jvms() {}

  /** Those of this user by process number, with their main classes, as far as they can be seen. */
  static Map<Long, String> all(AttachApi api) {
    Map<Long, String> all = api.list();
    // What a container's JVM left in a folder that is shared has the container's number on it.
    all.keySet().removeIf(pid -> !isOne(api, pid));
    return all;
  }

  /** Whether a process is one, for certain: the attempt to attach to another may end it. */
  static boolean isOne(AttachApi api, long pid) {
    if (!Files.isDirectory(PROC.resolve("self"))) {
      return api.list().containsKey(pid);
    }
    try {
      byte[] maps = Files.readAllBytes(PROC.resolve(String.valueOf(pid)).resolve("maps"));
      return new String(maps, StandardCharsets.ISO_8859_1).contains("libjvm");
    } catch (IOException mayNotBeSeen) {
      return false;
    }
  }

  /**
   * Whether a JVM can be attached to without its being ended by the signal that asks it to listen:
   * one that has just begun does not catch it yet, and under {@code -Xrs} it never does, but
   * listens from the start.
   *
   * @param inner its number as it knows it
   */
  static boolean survivesAttaching(long pid, long inner) {
    String caught = Processes.status(String.valueOf(pid), "SigCgt:");
    return caught == null
        || (Long.parseUnsignedLong(caught, 16) >> (QUIT - 1) & 1) == 1
        || Files.exists(Path.of("/proc", String.valueOf(pid), "root/tmp/.java_pid" + inner));
  }
}
