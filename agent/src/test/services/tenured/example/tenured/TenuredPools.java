package example.tenured;

import io.netty.util.Recycler;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.poolwatch.pool.ThreadLocalPool;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;

/**
 * Lends, gives back and loses objects of one pool all the time, with garbage between, and compares
 * what the agent exports of the old generation with the JVM's own word.
 *
 * <p>Arguments: the pool; for how many seconds; megabytes of garbage a second; the port at which
 * the agent is scraped. Prints one line a look: figure, the JVM's word, the agent's.
 */
public final class TenuredPools {
  private static final int OBJECTS = 5_000;
  private static final int ROOM = 512;
  private static final int TOO_MANY = 700;
  private static final int GARBAGE = 32 * 1024;
  private static final int BYTES = 300;

  private static volatile byte[] garbage;
  private static int made;

  /** One pooled object. */
  static final class Thing {
    final byte[] content = new byte[BYTES];
    final int number = made++;
    Recycler.Handle<Thing> handle;
  }

  /** A pool, as far as it is needed. */
  private interface Pool {
    Thing take() throws Exception;

    /** Gives objects back of which there may be too many, or throws some away. */
    void giveBack(Thing thing) throws Exception;

    /** Throws an object away, or gives it back to a pool that has no room. */
    void lose(Thing thing) throws Exception;
  }

  private static final class Commons implements Pool {
    private final GenericObjectPool<Thing> pool =
        new GenericObjectPool<>(
            new BasePooledObjectFactory<Thing>() {
              @Override
              public Thing create() {
                return new Thing();
              }

              @Override
              public PooledObject<Thing> wrap(Thing thing) {
                return new DefaultPooledObject<>(thing);
              }
            });

    Commons() {
      pool.setMaxTotal(-1);
      pool.setMaxIdle(ROOM);
    }

    @Override
    public Thing take() throws Exception {
      return pool.borrowObject();
    }

    @Override
    public void giveBack(Thing thing) {
      pool.returnObject(thing);
    }

    @Override
    public void lose(Thing thing) throws Exception {
      pool.invalidateObject(thing);
    }
  }

  /** A Recycler that keeps a handle with each object, or none. */
  private static final class Recycled implements Pool {
    private final Recycler<Thing> pool;

    Recycled(Recycler<Thing> pool) {
      this.pool = pool;
    }

    static Thing make(Recycler.Handle<Thing> handle) {
      Thing made = new Thing();
      made.handle = handle;
      return made;
    }

    @Override
    public Thing take() {
      return pool.get();
    }

    @Override
    public void giveBack(Thing thing) {
      thing.handle.recycle(thing);
    }

    @Override
    public void lose(Thing thing) {
      giveBack(thing);
    }
  }

  private static final class Bundled implements Pool {
    private final ThreadLocalPool<Thing> pool =
        ThreadLocalPool.<Thing>builder(Thing::new).name("bundled").maxShared(ROOM).build();

    @Override
    public Thing take() {
      return pool.get();
    }

    @Override
    public void giveBack(Thing thing) {
      pool.put(thing);
    }

    @Override
    public void lose(Thing thing) {
      giveBack(thing);
    }
  }

  private final Pool pool;
  private final int port;
  private final Random random = new Random(1);
  private final List<Thing> lent = new ArrayList<>();
  private long removedOld;

  private TenuredPools(Pool pool, int port) {
    this.pool = pool;
    this.port = port;
  }

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    Throwable[] failure = new Throwable[1];
    Thread thread =
        new FastThreadLocalThread(
            () -> {
              try {
                TenuredPools all = new TenuredPools(named(args[0]), Integer.parseInt(args[3]));
                all.run(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
              } catch (Throwable failed) {
                failure[0] = failed;
              }
            });
    thread.start();
    thread.join();
    if (failure[0] != null) {
      throw new AssertionError(failure[0]);
    }
  }

  private static Pool named(String name) {
    switch (name) {
      case "commons":
        return new Commons();
      case "handled":
        return new Recycled(
            new Recycler<Thing>(ROOM) {
              @Override
              protected Thing newObject(Handle<Thing> handle) {
                return Recycled.make(handle);
              }
            });
      case "unguarded":
        return new Recycled(
            new Recycler<Thing>(ROOM, true) {
              @Override
              protected Thing newObject(Handle<Thing> handle) {
                return Recycled.make(handle);
              }
            });
      default:
        return new Bundled();
    }
  }

  private void run(int seconds, int megabytes) throws Exception {
    lent.add(pool.take());
    for (int i = 0; i < 10_000 && !Births.areKnown(); i++) {
      Thread.sleep(1);
    }
    for (int i = 0; i < 20_000 && scrape().isEmpty(); i++) {
      Thread.sleep(1);
    }
    while (lent.size() < OBJECTS) {
      lent.add(pool.take());
    }
    long perStep = GARBAGE * 1_000L / megabytes;
    long due = System.nanoTime();
    long end = due + seconds * 1_000_000_000L;
    // What was made all at once is old by then, or will be in its turn.
    long nextCycle = due + 1_000_000_000L;
    long nextLook = nextCycle;
    while (System.nanoTime() < end) {
      long now = System.nanoTime();
      if (now > nextCycle) {
        cycle();
        nextCycle = System.nanoTime() + 40_000_000L;
      }
      if (now > nextLook) {
        look("soon");
        nextLook = System.nanoTime() + 400_000_000L + random.nextInt(200_000_000);
        due = System.nanoTime();
      }
      if (now < due) {
        Thread.sleep(1);
      } else {
        due += perStep;
        garbage = new byte[GARBAGE];
      }
    }
    Thread.sleep(3_000);
    for (int i = 0; i < 3; i++) {
      look("later");
    }
    System.out.println("end");
  }

  /** Gives back more than there is room for, and takes as many. */
  private void cycle() throws Exception {
    Collections.shuffle(lent, random);
    int lost = pool instanceof Commons ? TOO_MANY - ROOM : 0;
    // By number: what is lost shall not live because this looks at it.
    BitSet old = new BitSet();
    for (int i = 0; i < TOO_MANY; i++) {
      Thing thing = lent.remove(lent.size() - 1);
      old.set(thing.number, Truth.isOld(thing));
      if (i < lost) {
        pool.lose(thing);
      } else {
        pool.giveBack(thing);
      }
    }
    for (int i = 0; i < TOO_MANY; i++) {
      Thing thing = pool.take();
      lent.add(thing);
      old.clear(thing.number);
    }
    removedOld += old.cardinality();
  }

  /** Looks while all is lent, and once more while some is idle. */
  private void look(String when) throws Exception {
    List<Thing> idle = new ArrayList<>();
    System.out.print(compare(when, idle));
    for (int i = 0; i < ROOM / 2; i++) {
      Thing thing = lent.remove(lent.size() - 1);
      idle.add(thing);
      pool.giveBack(thing);
    }
    String found = compare(when, idle);
    BitSet old = new BitSet();
    for (Thing thing : idle) {
      old.set(thing.number, Truth.isOld(thing));
    }
    BitSet letGo = new BitSet();
    idle.forEach(thing -> letGo.set(thing.number));
    idle.clear();
    for (int i = 0; i < ROOM / 2; i++) {
      Thing thing = pool.take();
      lent.add(thing);
      letGo.clear(thing.number);
    }
    if (letGo.isEmpty()) {
      System.out.print(found);
    }
    // The bundled pool empties itself in two collections, and then nothing was idle.
    old.and(letGo);
    removedOld += old.cardinality();
  }

  private String compare(String when, List<Thing> idle) throws Exception {
    StringBuilder found = new StringBuilder();
    for (int attempt = 0; attempt < 20; attempt++) {
      long before = Births.now();
      for (int i = 0; i < 3_000 && !Births.areSettled(before); i++) {
        Thread.sleep(1);
      }
      long idleOld = idle.stream().filter(Truth::isOld).count();
      long usedOld = lent.stream().filter(Truth::isOld).count();
      String scraped = scrape();
      // On a clock no two moments are the same; then there is nothing to know it by.
      if (Births.now() == before || before > 1_000_000) {
        found.append(when + " idle " + idleOld + " " + value(scraped, "count", "idle")).append("\n");
        found.append(when + " used " + usedOld + " " + value(scraped, "count", "used")).append("\n");
        found.append(when + " removed " + removedOld + " " + value(scraped, "removed", "")).append("\n");
        found.append(bounds(scraped, "idle", idleOld));
        found.append(bounds(scraped, "used", usedOld));
        found.append(bounds(scraped, "removed", removedOld));
        found.append("not known = " + notKnown(scraped)).append("\n");
        return found.toString();
      }
    }
    return "";
  }

  /** Between what the agent says that an estimate lies; nothing if it is none. */
  private static String bounds(String scraped, String figure, long truth) {
    long least = labelled(scraped, "bound", "poolwatch_bound=\"" + figure + "_least\"");
    long most = labelled(scraped, "bound", "poolwatch_bound=\"" + figure + "_most\"");
    return most < 0 ? "" : "bounds " + figure + " " + least + " " + truth + " " + most + "\n";
  }

  /** Collections of which the agent says that it does not know all. */
  private static long notKnown(String scraped) {
    double sum = 0;
    for (String line : scraped.split("\n")) {
      if (line.startsWith("poolwatch_agent_collections_total")
          && !line.contains("poolwatch_outcome=\"known\"")) {
        sum += Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
      }
    }
    return (long) sum;
  }

  private static long value(String scraped, String metric, String state) {
    return labelled(scraped, metric, state.isEmpty() ? "" : "poolwatch_state=\"" + state + "\"");
  }

  private static long labelled(String scraped, String metric, String label) {
    for (String line : scraped.split("\n")) {
      if (line.startsWith("poolwatch_tenured_" + metric) && line.contains(label)) {
        return (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
      }
    }
    return -1;
  }

  private String scrape() {
    try (InputStream in = new URL("http://127.0.0.1:" + port + "/metrics").openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (java.io.IOException notYet) {
      return "";
    }
  }
}
