package example.realbugs;

import java.nio.file.Files;
import java.nio.file.Path;

/** Bugs that real projects had with their pools, rebuilt small; each strikes once. */
public final class RealBugs {
  private RealBugs() {}

  /**
   * Lets them strike.
   *
   * @param args the agent's log
   */
  public static void main(String[] args) throws Exception {
    EntryOfTwoThreads entries = new EntryOfTwoThreads();
    SlowCallback connections = new SlowCallback();
    entries.warmUp();
    connections.warmUp();
    await(Path.of(args[0]), "Entry is guarded in", "Connection is guarded in");
    HeaderOnErrorPath headers = new HeaderOnErrorPath();
    headers.respond("short");
    headers.respond("x".repeat(100));
    System.out.println("two clients share a buffer: " + headers.sharesBuffers());
    new BatchInFlight().send();
    entries.read();
    connections.request();
    new EarlyRelease().receive("not gzip".getBytes("US-ASCII"));
  }

  /** The agent weaves on a thread of its own, and says so in its log. */
  private static void await(Path log, String... lines) throws Exception {
    long start = System.nanoTime();
    for (String line : lines) {
      while (!Files.exists(log) || !Files.readString(log).contains(line)) {
        if (System.nanoTime() - start > 60_000_000_000L) {
          throw new IllegalStateException("not said: " + line);
        }
        Thread.sleep(50);
      }
    }
  }
}
