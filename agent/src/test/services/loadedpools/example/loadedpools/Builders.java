package example.loadedpools;

import io.poolwatch.pool.Counts;
import io.poolwatch.pool.ThreadLocalPool;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** A bundled pool that threads use, and what it says of itself. */
final class Builders {
  private final AtomicLong made = new AtomicLong();
  private final ThreadLocalPool<StringBuilder> pool =
      ThreadLocalPool.<StringBuilder>builder(this::make).name("builders").maxShared(1).build();

  private StringBuilder make() {
    made.incrementAndGet();
    return new StringBuilder();
  }

  void begin(int threads, ReentrantReadWriteLock gate) {
    Rounds rounds = this::round;
    rounds.begin(Thread::new, "builders", threads, gate);
  }

  private void round() {
    List<StringBuilder> builders = new ArrayList<>();
    int many = 1 + ThreadLocalRandom.current().nextInt(4);
    for (int i = 0; i < many; i++) {
      builders.add(pool.get());
    }
    builders.forEach(pool::put);
  }

  void print() {
    Counts counts = pool.counts();
    Use.print("builders", "borrowed", counts.gets());
    Use.print("builders", "hits", counts.hits());
    Use.print("builders", "made", made.get());
    Use.print("builders", "returned", counts.putsKept() + counts.putsDropped());
    Use.print("builders", "dropped", counts.putsDropped());
    Use.print("builders", "collected", counts.collected());
    Use.print("builders", "idle", counts.idle());
  }
}
