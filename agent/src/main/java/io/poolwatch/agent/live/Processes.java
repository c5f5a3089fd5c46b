package io.poolwatch.agent.live;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What the system tells of processes in the folder {@code /proc}, where it has one. */
public final class Processes {
  private static final Path PROC = Path.of("/proc");

  private Processes() {}

  /**
   * The number of the user under whose rights this process works with files.
   *
   * @throws IOException if the system does not tell
   */
  public static int ownUser() throws IOException {
    String said = status("self", "Uid:");
    if (said != null) {
      // Real, effective, saved, and that of the file system.
      return Integer.parseInt(said.split("\\s+", -1)[1]);
    }
    Path home = Path.of(System.getProperty("user.home", ""));
    try {
      return (Integer) Files.getAttribute(home, "unix:uid");
    } catch (UnsupportedOperationException | IllegalArgumentException notUnix) {
      throw new IOException("this system does not tell to whom files belong", notUnix);
    }
  }

  /**
   * A line of what the system says about a process.
   *
   * @param process its number, or {@code self}
   * @param key how the line begins
   * @return what follows, without blanks around it; null if it is not known
   */
  public static @Nullable String status(String process, String key) {
    try {
      byte[] text = Files.readAllBytes(PROC.resolve(process).resolve("status"));
      for (String line : new String(text, StandardCharsets.ISO_8859_1).split("\n", -1)) {
        if (line.startsWith(key)) {
          return line.substring(key.length()).trim();
        }
      }
    } catch (IOException | RuntimeException notKnown) {
      return null;
    }
    return null;
  }

  /**
   * The namespace in which process numbers mean what they mean to a process: another one in another
   * container.
   *
   * @param process its number, or {@code self}
   * @return 0 if the system has none, or does not tell
   */
  public static long namespace(String process) {
    try {
      String link = Files.readSymbolicLink(PROC.resolve(process).resolve("ns/pid")).toString();
      return Long.parseLong(link.replaceAll("\\D", ""));
    } catch (IOException | RuntimeException notKnown) {
      return 0;
    }
  }
}
