package io.poolwatch.benchmarks.worth;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * How the size of an object decides what it means to build it anew: the share of allocations that
 * fit into the thread's own piece of the heap as it is (all others ask the heap for a new piece, or
 * for the object itself), and the time between two young collections, at a steady rate of objects.
 *
 * <p>JMH measures times of calls; this is about what the collector does in seconds, so it is a
 * program of its own:
 *
 * <pre>java -Xmn64m -Xmx256m -cp benchmarks.jar io.poolwatch.benchmarks.worth.SizeTable [seconds]
 * </pre>
 */
public final class SizeTable {
  private static final int[] SIZES = {64, 256, 1_024, 2_048, 4_096, 16_384};
  private static final long OBJECTS_A_SECOND = 200_000;

  /** Objects that are allocated between two looks at the clock. */
  private static final int BURST = 200;

  private static final int KEPT = 256;

  private final byte[][] kept = new byte[KEPT][];

  private SizeTable() {}

  /** Argument: seconds for each size, 10 by default. */
  public static void main(String[] args) throws Exception {
    double seconds = args.length == 0 ? 10 : Double.parseDouble(args[0]);
    System.out.printf(
        Locale.ROOT,
        "%,d objects a second, %.0f s each%n%8s %14s %26s%n",
        OBJECTS_A_SECOND,
        seconds,
        "bytes",
        "in TLAB, %",
        "between collections, ms");
    SizeTable table = new SizeTable();
    table.allocate(SIZES[0], 1); // to be compiled
    for (int size : SIZES) {
      table.row(size, seconds);
    }
  }

  private void row(int size, double seconds) throws Exception {
    long before = collections();
    long start = System.nanoTime();
    long allocated;
    long refills;
    try (Recording recording = new Recording()) {
      recording.enable("jdk.ObjectAllocationInNewTLAB").withoutStackTrace();
      recording.enable("jdk.ObjectAllocationOutsideTLAB").withoutStackTrace();
      recording.start();
      allocated = allocate(size, seconds);
      recording.stop();
      refills = refills(recording);
    }
    double millis = (System.nanoTime() - start) / 1e6;
    long collections = collections() - before;
    System.out.printf(
        Locale.ROOT,
        "%8d %14.2f %26s%n",
        size,
        100.0 * (allocated - refills) / allocated,
        collections == 0 ? "none seen" : String.format(Locale.ROOT, "%.0f", millis / collections));
  }

  /** Allocates at the rate for so long; gives how many. */
  private long allocate(int size, double seconds) {
    long start = System.nanoTime();
    long count = 0;
    long elapsed;
    do {
      for (int i = 0; i < BURST; i++) {
        kept[(int) (count++ & (KEPT - 1))] = new byte[size - 16];
      }
      elapsed = System.nanoTime() - start;
      while (count > elapsed / 1e9 * OBJECTS_A_SECOND) {
        Thread.onSpinWait();
        elapsed = System.nanoTime() - start;
      }
    } while (elapsed < seconds * 1e9);
    return count;
  }

  /** Allocations of the present thread that did not fit. */
  private static long refills(Recording recording) throws Exception {
    Path file = Files.createTempFile("size-table", ".jfr");
    try {
      recording.dump(file);
      long refills = 0;
      List<RecordedEvent> events = RecordingFile.readAllEvents(file);
      for (RecordedEvent event : events) {
        if (event.getThread() != null
            && event.getThread().getJavaThreadId() == Thread.currentThread().getId()) {
          refills++;
        }
      }
      return refills;
    } finally {
      Files.delete(file);
    }
  }

  private static long collections() {
    long count = 0;
    for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
      count +=
          bean.getName().contains("Old") || bean.getName().contains("MarkSweep")
              ? 0
              : bean.getCollectionCount();
    }
    return count;
  }
}
