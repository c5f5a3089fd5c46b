package example.captured;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;

/**
 * Reads into pooled pages, as the storefront of the examples does, and after some seconds begins to
 * keep each page in a map that is emptied when it holds a third of the heap: its fault {@code
 * captured}.
 *
 * <p>Argument: the port at which the agent is scraped. Prints how many young collections there had
 * been since then when the agent first told of captured pages in the old generation, and how often
 * the agent saw collections in three seconds before and after.
 */
public final class Pages {
  private static final int BYTES = 128 * 1024;
  private static final int MOST_IDLE = 8;
  private static final int GARBAGE = 64 * 1024;
  private static final long READ_NANOS = 4_000_000;
  private static final long SECOND = 1_000_000_000;
  private static final long PHASE = 3 * SECOND;

  /** So many more than before are no chance. */
  private static final int VISIBLE = MOST_IDLE;

  private static volatile byte[] garbage;

  private final GenericObjectPool<byte[]> pool =
      new GenericObjectPool<>(
          new BasePooledObjectFactory<byte[]>() {
            @Override
            public byte[] create() {
              return new byte[BYTES];
            }

            @Override
            public PooledObject<byte[]> wrap(byte[] page) {
              return new DefaultPooledObject<>(page);
            }
          });

  private final Map<Long, byte[]> pageByLook = new HashMap<>();
  private final long most = Runtime.getRuntime().maxMemory() / 3 / BYTES;
  private final int port;
  private long looks;
  private long due = System.nanoTime();

  private Pages(int port) {
    this.port = port;
    pool.setMaxTotal(-1);
    pool.setMaxIdle(MOST_IDLE);
  }

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    new Pages(Integer.parseInt(args[0])).run();
  }

  private void run() throws Exception {
    read(false);
    for (int i = 0; i < 20_000 && scraped("agent_collections", "young") < 0; i++) {
      Thread.sleep(1);
    }
    phase("before", false);
    long young = youngs();
    long known = Math.max(0, scraped("tenured_count", "used"));
    long promoted = Math.max(0, scraped("promotions", "aged"));
    long on = System.nanoTime();
    long seen = young;
    while (System.nanoTime() - on < 10 * SECOND) {
      read(true);
      if (youngs() != seen) {
        long now = youngs();
        // The agent is told some milliseconds after the pause.
        Thread.sleep(20);
        if (scraped("tenured_count", "used") >= known + VISIBLE
            && scraped("promotions", "aged") >= promoted + VISIBLE) {
          System.out.println("seen after collections = " + (now - young));
          System.out.println("seen after ms = " + (System.nanoTime() - on) / 1_000_000);
          break;
        }
        seen = now;
      }
    }
    phase("after", true);
    System.out.println("garbage told = " + scraped("tenured_removed", ""));
  }

  private void phase(String name, boolean capture) throws Exception {
    long young = scraped("agent_collections", "young");
    long full = scraped("agent_collections", "full");
    long end = System.nanoTime() + PHASE;
    while (System.nanoTime() < end) {
      read(capture);
    }
    System.out.println(
        "young " + name + " = " + (scraped("agent_collections", "young") - young));
    System.out.println("full " + name + " = " + (scraped("agent_collections", "full") - full));
  }

  private void read(boolean capture) throws Exception {
    while (System.nanoTime() < due) {
      Thread.sleep(1);
    }
    due = Math.max(due, System.nanoTime() - SECOND) + READ_NANOS;
    byte[] page = pool.borrowObject();
    garbage = new byte[GARBAGE];
    if (!capture) {
      pool.returnObject(page);
      return;
    }
    if (pageByLook.size() >= most) {
      for (byte[] each : pageByLook.values()) {
        pool.returnObject(each);
      }
      pageByLook.clear();
    }
    pageByLook.put(++looks, page);
  }

  private static long youngs() {
    for (GarbageCollectorMXBean each : ManagementFactory.getGarbageCollectorMXBeans()) {
      if (each.getName().matches("G1 Young Generation|PS Scavenge|Copy")) {
        return each.getCollectionCount();
      }
    }
    throw new AssertionError("no young collector");
  }

  /** The sum of a metric's points that have an attribute of a value; -1 if there are none. */
  private long scraped(String metric, String value) {
    double sum = 0;
    boolean found = false;
    for (String line : scrape().split("\n")) {
      if (line.startsWith("poolwatch_" + metric) && line.contains(value)) {
        sum += Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
        found = true;
      }
    }
    return found ? (long) sum : -1;
  }

  private String scrape() {
    try (InputStream in = new URL("http://127.0.0.1:" + port + "/metrics").openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException notYet) {
      return "";
    }
  }
}
