package example.tenured;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;

/**
 * Makes and drops objects of a pool all the time, with garbage between, and compares what the agent
 * says of them with the JVM's own word.
 *
 * <p>Arguments: {@code steady}, {@code overflow} or {@code full} (a full collection every second and
 * a half); for how many seconds; how many bytes an object has; how many objects; megabytes of
 * garbage a second; how many collections the collector has to adapt before the looks count; and
 * lengths of byte arrays to look at.
 *
 * <p>Prints the pairs of the agent's word and the JVM's: {@code now} asked at once, where all
 * collections were known of, {@code then} asked later about that moment; {@code first} is like
 * {@code now}, before the collector has adapted; {@code rule} is what the births alone say.
 */
public final class Tenured {
  private static final int GARBAGE = 32 * 1024;
  private static final long MILLISECOND = 1_000_000;
  private static final long LOOK_NANOS = 250 * MILLISECOND;

  private static final long FULL_NANOS = 1_500 * MILLISECOND;

  private static volatile byte[] garbage;

  private final Things factory;
  private final GenericObjectPool<Thing> pool;
  private final Tally now = new Tally();
  private final Tally first = new Tally();
  private final Tally rule = new Tally();
  private final Tally then = new Tally();
  private final Tally arrays = new Tally();
  private final List<Look> looks = new ArrayList<>();
  private final Cycles cycles = new Cycles();

  private Tenured(int objects, int bytes) {
    factory = new Things(objects, bytes);
    pool = new GenericObjectPool<>(factory);
    pool.setMaxTotal(objects);
    pool.setMaxIdle(objects);
    pool.setLifo(false);
  }

  private static final class Thing {
    final byte[] content;
    int place;
    long birth;

    Thing(int bytes) {
      content = new byte[bytes];
    }
  }

  /** Knows all objects that live. */
  private static final class Things extends BasePooledObjectFactory<Thing> {
    final Thing[] live;
    final int bytes;
    int count;

    Things(int most, int bytes) {
      live = new Thing[most];
      this.bytes = bytes;
    }

    @Override
    public Thing create() {
      Thing thing = new Thing(bytes);
      thing.birth = Births.of(thing);
      thing.place = count;
      live[count++] = thing;
      return thing;
    }

    @Override
    public PooledObject<Thing> wrap(Thing thing) {
      return new DefaultPooledObject<>(thing);
    }

    @Override
    public void destroyObject(PooledObject<Thing> pooled) {
      Thing last = live[--count];
      int place = pooled.getObject().place;
      live[place] = last;
      last.place = place;
      live[count] = null;
    }
  }

  private static final class Tally {
    long both;
    long agentOnly;
    long jvmOnly;
    long neither;

    void add(boolean agent, boolean jvm) {
      if (agent) {
        both += jvm ? 1 : 0;
        agentOnly += jvm ? 0 : 1;
      } else {
        jvmOnly += jvm ? 1 : 0;
        neither += jvm ? 0 : 1;
      }
    }

    void print(String name) {
      System.out.println(name + " both = " + both);
      System.out.println(name + " agent only = " + agentOnly);
      System.out.println(name + " jvm only = " + jvmOnly);
      System.out.println(name + " neither = " + neither);
    }
  }

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    Tenured tenured = new Tenured(Integer.parseInt(args[3]), Integer.parseInt(args[2]));
    tenured.run(args[0], Integer.parseInt(args[1]), Integer.parseInt(args[4]), Integer.parseInt(args[5]));
    for (int i = 6; i < args.length; i++) {
      tenured.lookAtArray(Integer.parseInt(args[i]));
    }
    tenured.now.print("now");
    tenured.first.print("first");
    tenured.rule.print("rule");
    tenured.then.print("then");
    tenured.arrays.print("arrays");
    System.out.println("looks = " + tenured.looks.size());
    for (GarbageCollectorMXBean each : ManagementFactory.getGarbageCollectorMXBeans()) {
      System.out.println(each.getName() + " = " + each.getCollectionCount());
    }
  }

  private void run(String mode, int seconds, int megabytes, int toAdapt) throws Exception {
    Random random = new Random(1);
    // The first object is the first pool that the agent sees.
    pool.addObject();
    for (int i = 0; i < 10_000 && !Births.areKnown(); i++) {
      Thread.sleep(1);
    }
    System.out.println("known = " + (Births.areKnown() ? 1 : 0));
    while (pool.getNumIdle() < pool.getMaxTotal()) {
      pool.addObject();
    }
    long perStep = GARBAGE * 1_000L / megabytes;
    long start = System.nanoTime();
    long end = start + seconds * 1_000 * MILLISECOND;
    long nextLook = start + LOOK_NANOS;
    boolean adapted = toAdapt == 0;
    long nextFull = start + FULL_NANOS;
    long due = start;
    for (long time = start; time < end; time = System.nanoTime()) {
      if (time < due) {
        Thread.sleep(1);
        continue;
      }
      due += perStep;
      garbage = new byte[GARBAGE];
      Thing thing = pool.borrowObject();
      if (random.nextInt(3) == 0) {
        pool.invalidateObject(thing);
      } else {
        pool.returnObject(thing);
      }
      // What is made all at once at first takes until the collector has found its threshold.
      if (!adapted && time > nextLook) {
        look(first);
        looks.clear();
        adapted = collections() >= toAdapt;
        end = time + seconds * 1_000 * MILLISECOND;
        nextLook = time + LOOK_NANOS;
        due = System.nanoTime();
      } else if (time > nextLook) {
        nextLook = time + LOOK_NANOS + random.nextInt((int) LOOK_NANOS);
        look(now);
        due = System.nanoTime();
      }
      if (mode.equals("full") && time > nextFull) {
        nextFull = time + FULL_NANOS;
        System.gc();
      }
    }
    lookInQuiet();
  }

  private static long collections() {
    long sum = 0;
    for (GarbageCollectorMXBean each : ManagementFactory.getGarbageCollectorMXBeans()) {
      sum += each.getCollectionCount();
    }
    return sum;
  }

  /** Looks at all objects, if no collection comes between. */
  private void look(Tally tally) {
    int count = factory.count;
    Look look = new Look(count);
    look.begin = Cycles.now();
    boolean[] byRule = new boolean[count];
    long before = Births.now();
    boolean settled = Births.areSettled(before);
    for (int i = 0; i < count; i++) {
      Thing thing = factory.live[i];
      look.birth[i] = thing.birth;
      look.moment[i] = Births.now();
      look.old[i] = Truth.isOld(thing);
      byRule[i] = Births.areTenured(thing.birth);
      look.outOfTurn[i] = Births.isPromotedOutOfTurn(thing, thing.birth);
      if (Births.now() != look.moment[i] && look.moment[i] < MILLISECOND) {
        return; // a collection between the two
      }
    }
    if (settled && before == Births.now()) {
      for (int i = 0; i < count; i++) {
        tally.add(byRule[i] || look.outOfTurn[i], look.old[i]);
        rule.add(byRule[i], look.old[i]);
      }
    }
    look.end = Cycles.now();
    looks.add(look);
  }

  /**
   * Once nothing happens any more, stamps of time need not agree to the last nanosecond. ZGC goes on
   * to collect, and tells of it late: what it promotes meanwhile says nothing.
   */
  private void lookInQuiet() throws InterruptedException {
    boolean[] old = new boolean[factory.count];
    for (int i = 0; i < old.length; i++) {
      old[i] = Truth.isOld(factory.live[i]);
    }
    waitUntilSettled(Births.now());
    for (int i = 0; i < old.length; i++) {
      Thing thing = factory.live[i];
      boolean said =
          Births.areTenured(thing.birth) || Births.isPromotedOutOfTurn(thing, thing.birth);
      if (Truth.isOld(thing) == old[i]) {
        now.add(said, old[i]);
      }
    }
    looks.removeIf(look -> cycles.meet(look.begin, look.end));
    looks.forEach(look -> look.compare(then));
  }

  /** What was seen at a moment. */
  private static final class Look {
    final long[] birth;
    final long[] moment;
    final boolean[] old;
    final boolean[] outOfTurn;
    long begin;
    long end;

    Look(int count) {
      birth = new long[count];
      moment = new long[count];
      old = new boolean[count];
      outOfTurn = new boolean[count];
    }

    void compare(Tally then) {
      for (int i = 0; i < birth.length; i++) {
        then.add(outOfTurn[i] || Births.wereTenured(birth[i], moment[i]), old[i]);
      }
    }
  }

  private void lookAtArray(int length) {
    byte[] array = new byte[length];
    long birth = Births.of(array);
    arrays.add(Births.areTenured(birth), Truth.isOld(array));
    array[0] = 1;
  }

  private static void waitUntilSettled(long at) throws InterruptedException {
    for (int i = 0; i < 10_000 && !Births.areSettled(at); i++) {
      Thread.sleep(1);
    }
    if (!Births.areSettled(at)) {
      throw new IllegalStateException("not settled after ten seconds: " + at);
    }
  }
}
