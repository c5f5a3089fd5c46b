package io.poolwatch.book;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A bounded buffer of timed borrows and loans, from the service's threads to the agent's. When it
 * is full, samples are dropped and counted. Many writers, one reader; never blocks.
 */
public final class DurationSamples {
  /** The kind of a sample: time to get an object. */
  public static final int BORROW = 0;

  /** The kind of a sample: time from borrow to return. */
  public static final int LOAN = 1;

  private static final int CAPACITY = 8192;
  private static final AtomicReferenceArray<@Nullable Sample> RING =
      new AtomicReferenceArray<>(CAPACITY);
  private static final AtomicLong WRITTEN = new AtomicLong();
  private static final AtomicLong READ = new AtomicLong();
  private static final AtomicLong TAKEN = new AtomicLong();
  private static final AtomicLong DROPPED = new AtomicLong();

  private static volatile @Nullable SpanSource spanSource;
  private static volatile @Nullable Consumer<Sample> onlooker;

  private DurationSamples() {}

  /** Tells the trace and span that the service's current thread is in. */
  public interface SpanSource {
    /**
     * Looks the current span up. Called on a service's thread, for rare events only; must not
     * throw.
     *
     * @return trace id and span id, in hexadecimal, or null if there is no valid, sampled span
     */
    String @Nullable [] currentSpan();
  }

  /** One timed borrow or loan. Immutable. */
  public static final class Sample {
    private final PoolBook book;
    private final int kind;
    private final long nanos;
    private final String @Nullable [] span;

    Sample(PoolBook book, int kind, long nanos, String @Nullable [] span) {
      this.book = book;
      this.kind = kind;
      this.nanos = nanos;
      this.span = span;
    }

    /** The pool's book. */
    public PoolBook book() {
      return book;
    }

    /** {@link #BORROW} or {@link #LOAN}. */
    public int kind() {
      return kind;
    }

    /** How long it took, in nanoseconds. */
    public long nanos() {
      return nanos;
    }

    /** Trace id of the service's span when this was taken, in hexadecimal, or null. */
    public @Nullable String traceId() {
      return span == null ? null : span[0];
    }

    /** Span id of the service's span when this was taken, in hexadecimal, or null. */
    public @Nullable String spanId() {
      return span == null ? null : span[1];
    }
  }

  /** Sets where spans are looked up, or null. */
  public static void spanSource(@Nullable SpanSource source) {
    spanSource = source;
  }

  /**
   * The trace id and span id of the service's current span, in hexadecimal, or null if there is
   * none or it is not sampled. For rare events only.
   */
  public static String @Nullable [] currentSpan() {
    SpanSource source = spanSource;
    return source == null ? null : source.currentSpan();
  }

  /** Adds a sample, or counts it as dropped if the reader is behind. */
  public static void record(PoolBook book, int kind, long nanos) {
    if (WRITTEN.get() - READ.get() >= CAPACITY) {
      DROPPED.incrementAndGet();
      return;
    }
    // Complete before it takes its place: a writer that failed in between would leave a hole at
    // which the reader stops for good.
    Sample sample = new Sample(book, kind, nanos, currentSpan());
    long ticket;
    do {
      ticket = WRITTEN.get();
      if (ticket - READ.get() >= CAPACITY) {
        DROPPED.incrementAndGet();
        return;
      }
    } while (!WRITTEN.compareAndSet(ticket, ticket + 1));
    RING.set((int) (ticket & (CAPACITY - 1)), sample);
    TAKEN.incrementAndGet();
  }

  /**
   * Who else is shown each sample as it is taken, on the reader's thread; or null. There is one
   * reader, which depends on how figures are exported, and more than it may want to see them.
   */
  public static void onlooker(@Nullable Consumer<Sample> shown) {
    onlooker = shown;
  }

  /** Takes the oldest sample, or null if there is none. One reader at a time. */
  public static @Nullable Sample poll() {
    long position = READ.get();
    int slot = (int) (position & (CAPACITY - 1));
    Sample sample = RING.get(slot);
    if (sample != null) {
      RING.set(slot, null);
      READ.set(position + 1);
      Consumer<Sample> shown = onlooker;
      if (shown != null) {
        shown.accept(sample);
      }
    }
    return sample;
  }

  /** Samples taken so far. */
  public static long taken() {
    return TAKEN.get();
  }

  /** Samples dropped because the buffer was full. */
  public static long dropped() {
    return DROPPED.get();
  }
}
