package io.poolwatch.benchmarks.pool;

import io.poolwatch.pool.ThreadLocalPool;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to get one buffer from the bundled pool and put it back, beside making a new
 * one and beside keeping it in a bare thread local (which counts nothing, gives nothing back and
 * pins what it holds)?
 *
 * <pre>
 * mvn -B -pl benchmarks -am package -DskipTests
 * java -jar benchmarks/target/benchmarks.jar GetPut            # one thread
 * java -jar benchmarks/target/benchmarks.jar GetPut -t 2       # two
 * java -jar benchmarks/target/benchmarks.jar VirtualGetPut     # virtual threads, on JDK 21 or newer
 * benchmarks/go/run                                            # Go's sync.Pool
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
public class GetPutBenchmark {

  /** Bytes in the buffer; the pool's own cost does not depend on it. */
  @Param({"64", "1024"})
  int size;

  private final ThreadLocalPool<byte[]> pool =
      ThreadLocalPool.<byte[]>builder(() -> new byte[size]).name("buffers").build();

  private final ThreadLocal<byte[]> local = ThreadLocal.withInitial(() -> new byte[size]);

  @Benchmark
  public byte[] bundledPool() {
    byte[] buffer = pool.get();
    buffer[0]++;
    pool.put(buffer);
    return buffer;
  }

  @Benchmark
  public byte[] threadLocal() {
    byte[] buffer = local.get();
    buffer[0]++;
    return buffer;
  }

  @Benchmark
  public byte[] plainNew() {
    byte[] buffer = new byte[size];
    buffer[0]++;
    return buffer;
  }
}
