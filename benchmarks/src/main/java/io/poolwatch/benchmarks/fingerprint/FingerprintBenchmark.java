package io.poolwatch.benchmarks.fingerprint;

import io.poolwatch.book.Life;
import io.poolwatch.book.ObjectBook;
import io.poolwatch.book.PoolFacts;
import io.poolwatch.book.PoolSystem;
import io.poolwatch.fingerprint.Fingerprints;
import io.poolwatch.memory.Memory;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Taking the content of an object at its return, and comparing it at its next borrow: both. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FingerprintBenchmark {
  /** What is pooled, and how large it is. */
  @Param({
    "fields",
    "heap 64",
    "heap 1024",
    "heap 4096",
    "heap 1048576",
    "direct 4096",
    "direct 1048576"
  })
  public String object = "fields";

  private final ObjectBook book =
      new ObjectBook(PoolSystem.named("benchmark").build(), new PoolFacts("Pool"));
  private final Life life = new Life();
  private Object pooled = this;

  /** An object of eight fields, half of them references. */
  static final class Part {
    int number = 1;
    long big = 2;
    boolean flag;
    double precise;
    final Object first = new Object();
    Object second = new Object();
    String text = "text";
    Object none = Part.class;
  }

  /** Makes the object, and opens memory as far as code without an agent may. */
  @Setup
  public void open() throws ReflectiveOperationException {
    Field unsafe = Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe");
    unsafe.setAccessible(true);
    Memory.open(MethodHandles.publicLookup(), unsafe.get(null));
    Fingerprints.classes(name -> true);
    Fingerprints.rate(Fingerprints.DEFAULT_RATE);
    int space = object.indexOf(' ');
    int size = space < 0 ? 0 : Integer.parseInt(object.substring(space + 1));
    pooled =
        space < 0
            ? new Part()
            : object.startsWith("heap") ? new byte[size] : ByteBuffer.allocateDirect(size);
  }

  /** Both. */
  @Benchmark
  public boolean takeAndCheck() {
    Fingerprints.take(book, life, pooled);
    return Fingerprints.check(book, life, pooled);
  }

  /** The question that each return asks, at the rate of one in 1024. */
  @Benchmark
  public boolean ask() {
    return Fingerprints.isDue(life);
  }
}
