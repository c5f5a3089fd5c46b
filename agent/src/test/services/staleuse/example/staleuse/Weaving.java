package example.staleuse;

import java.nio.file.Files;
import java.nio.file.Path;

/** Waits for the agent, which weaves on a thread of its own and says so in its log. */
final class Weaving {
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private Weaving() {}

  /** Waits until clients are guarded; not at all if the agent is not to guard. */
  static void await() throws Exception {
    String log = System.getProperty("agent.log");
    if (log == null || log.isEmpty()) {
      return;
    }
    long start = System.nanoTime();
    while (!Files.readString(Path.of(log)).contains("Client is guarded in")) {
      if (System.nanoTime() - start > PATIENCE_NANOS) {
        throw new IllegalStateException("not woven");
      }
      Thread.sleep(50);
    }
  }
}
