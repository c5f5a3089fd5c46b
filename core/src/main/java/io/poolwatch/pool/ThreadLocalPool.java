package io.poolwatch.pool;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A pool of reusable objects, modelled on Go's {@code sync.Pool}: a cache that never waits for an
 * object, sizes itself by the collector, and promises nothing about any single object. Calls do not
 * wait for each other either, but for the first one of each thread, which takes a lock to register.
 *
 * <pre>{@code
 * static final ThreadLocalPool<Buffer> BUFFERS =
 *     ThreadLocalPool.builder(Buffer::new).name("buffers").reset(Buffer::clear).build();
 *
 * Buffer buffer = BUFFERS.get();
 * try {
 *   …
 * } finally {
 *   BUFFERS.put(buffer);
 * }
 * }</pre>
 *
 * <h2>What is promised</h2>
 *
 * <ul>
 *   <li>{@link #get} returns an object that nobody else holds: one that was put and that no other
 *       {@code get} has returned since, or a new one of the factory.
 *   <li>What a thread did to an object before {@link #put} happens-before what another does to it
 *       after {@code get}.
 *   <li>An object that lies unused in the pool for two collections of the JVM is let go, and what a
 *       thread kept is let go after the thread has ended.
 *   <li>The pool holds its objects, and nothing static holds the pool: when the application drops
 *       it, all goes.
 * </ul>
 *
 * <p>Not promised: that an object that was put ever comes back. So pool what is only dear to build,
 * never what must be closed, such as connections.
 *
 * <p>Thread-safe throughout. The pool does not recognise an object that is used after its put. One
 * that is put twice it lets go the second time where it sees it for nothing, which is when the same
 * platform thread puts it twice and its private place has it still; all others only if {@link
 * Builder#detectDoublePut} is on, and then it throws.
 *
 * @param <T> what is pooled
 */
public final class ThreadLocalPool<T> {

  /**
   * Between two looks for a collection on the fastest path, where the JVM does not tell of them.
   */
  private static final int POLL_MASK = 0xFFF;

  private final @Nullable String givenName;
  private final Supplier<? extends T> factory;
  private final @Nullable PutChecks checks;
  private final AtomicInteger clock;
  private final GcEpoch.Use use;
  final Holdings holdings;
  private final Owners owners;
  private volatile boolean announced;

  private ThreadLocalPool(Builder<T> builder, GcEpoch epoch) {
    DebugProperty debug = DebugProperty.read();
    givenName = builder.name;
    factory = builder.factory;
    checks =
        PutChecks.of(
            builder.reset,
            Math.max(builder.dropShare, debug.dropShare),
            builder.detectDoublePut || debug.detectDoublePut);
    clock = epoch.clock;
    holdings = new Holdings(builder.maxShared);
    owners = holdings.owners;
    use = epoch.register(holdings);
  }

  /**
   * A pool with the defaults.
   *
   * @param factory makes an object when the pool has none; called by the thread that gets, with no
   *     lock held, so it may use any pool, this one included
   */
  public static <T> ThreadLocalPool<T> of(Supplier<? extends T> factory) {
    return ThreadLocalPool.<T>builder(factory).build();
  }

  /** A pool with choices; for {@code factory} see {@link #of}. */
  public static <T> Builder<T> builder(Supplier<? extends T> factory) {
    return new Builder<>(factory);
  }

  /**
   * An object for the caller alone, until it puts it back or forgets it.
   *
   * @throws NullPointerException naming the pool, when the factory returned null; what the factory
   *     throws comes through as it is
   */
  public T get() {
    Thread thread = Thread.currentThread();
    if (VirtualThreads.isVirtual(thread)) {
      return getShared(thread);
    }
    Slot slot = owners.slotOf(thread);
    if (slot != null && slot.isCurrent(clock.get())) {
      Object object = slot.takePrivate();
      if (object != null) {
        if (GcEpoch.isPolled() && (slot.privateHits() & POLL_MASK) == 0) {
          GcEpoch.poll();
        }
        return handOut(object);
      }
    }
    return getElsewhere(thread, slot);
  }

  /**
   * Gives an object to the pool, which keeps it or lets it go. The caller must not use it again.
   * Any object may be put, not only one that came from {@link #get}.
   *
   * @throws NullPointerException when {@code object} is null
   * @throws IllegalStateException naming the pool, when double puts are detected and the object
   *     lies in the pool already; what the reset action throws comes through as it is. Either way
   *     the object is not kept.
   */
  public void put(T object) {
    Objects.requireNonNull(object, "object");
    if (checks != null && !passes(checks, object)) {
      return;
    }
    Thread thread = Thread.currentThread();
    if (VirtualThreads.isVirtual(thread)) {
      putShared(thread, object);
      return;
    }
    Slot slot = owners.slotOf(thread);
    if (slot == null || !slot.isCurrent(clock.get()) || !slot.putPrivate(object)) {
      putElsewhere(thread, slot, object);
    }
  }

  /** The name that reports and error messages call this pool by. */
  public String name() {
    return givenName == null ? nameOf(factory) : givenName;
  }

  /**
   * What this pool did so far. Looks at every owner's counts: for a report now and then, not for
   * each request.
   */
  public Counts counts() {
    return holdings.counts();
  }

  /** Objects found idle one by one, which {@link Counts#idle} must equal at a quiet moment. */
  int countIdle() {
    return holdings.countIdle();
  }

  @Override
  public String toString() {
    return "ThreadLocalPool[" + name() + "]";
  }

  private T getElsewhere(Thread thread, @Nullable Slot known) {
    GcEpoch.poll();
    int now = clock.get();
    long letGo = known == null ? 0 : known.letGo();
    Slot slot = turned(thread, known, now);
    Object object = holdings.find(slot, (int) thread.getId() + now, now);
    if (object != null) {
      return handOut(object);
    }
    return make(slot, slot.letGo() > letGo ? Cells.MISS_CLEARED : Cells.MISS);
  }

  private void putElsewhere(Thread thread, @Nullable Slot known, T object) {
    GcEpoch.poll();
    int now = clock.get();
    Slot slot = turned(thread, known, now);
    if (known == null && !announced) {
      announce(object);
    }
    if (slot.putPrivate(object)) {
      return;
    }
    if (slot.holds(object)) {
      // Kept a second time, it would be handed to two.
      slot.count(Cells.dropped(DropReason.DOUBLE_PUT));
      putTwice(this, object);
      return;
    }
    Shelf.Offer offer = slot.offer(object, now);
    if (offer != Shelf.Offer.KEPT) {
      slot.count(Cells.dropped(offer.reason()));
      holdings.parting.with(object);
    }
  }

  /** The caller's slot, in the present epoch. */
  private Slot turned(Thread thread, @Nullable Slot known, int now) {
    use.mark(now);
    Slot slot = known == null ? owners.register(thread, now) : known;
    if (!slot.isCurrent(now)) {
      slot.turn(now);
    }
    return slot;
  }

  private T getShared(Thread thread) {
    long id = thread.getId();
    Stripes stripes = holdings.stripes();
    if (stripes != null) {
      Place place = stripes.of(id).place;
      Object object = place.take(id, clock.get());
      if (object != null) {
        if (GcEpoch.isPolled() && (place.cells[Cells.HIT] & POLL_MASK) == 0) {
          GcEpoch.poll();
        }
        return handOut(object);
      }
    }
    return getSharedElsewhere(id);
  }

  private T getSharedElsewhere(long thread) {
    GcEpoch.poll();
    int now = clock.get();
    use.mark(now);
    Stripes stripes = holdings.stripes(now);
    int index = stripes.indexFor(thread);
    Stripe stripe = stripes.at(index);
    Object object = holdings.find(stripe, thread, index, now);
    if (object != null) {
      return handOut(object);
    }
    return make(stripe.shelf, stripes.isClosed() ? Cells.MISS_DISABLED : Cells.MISS);
  }

  private void putShared(Thread thread, T object) {
    long id = thread.getId();
    Stripes stripes = holdings.stripes();
    if (stripes == null || !stripes.of(id).place.putBack(id, object, clock.get())) {
      putSharedElsewhere(id, object);
    }
  }

  private void putSharedElsewhere(long thread, T object) {
    GcEpoch.poll();
    int now = clock.get();
    use.mark(now);
    Stripes stripes = holdings.stripes(now);
    if (!announced) {
      announce(object);
    }
    int index = stripes.indexFor(thread);
    Stripe own = stripes.at(index);
    if (own.place.put(thread, object, now)) {
      return;
    }
    Shelf.Offer offer = stripes.offer(index, object, now);
    if (offer != Shelf.Offer.KEPT) {
      own.shelf.count(Cells.dropped(offer.reason()));
      holdings.parting.with(object);
    }
  }

  @SuppressWarnings("unchecked")
  private T handOut(Object object) {
    if (checks != null) {
      checks.taken(object);
    }
    return (T) object;
  }

  private T make(RareCounts counts, int kindOfMiss) {
    T made;
    try {
      made = factory.get();
    } catch (Throwable e) {
      counts.count(Cells.ERROR);
      throw e;
    }
    if (made == null) {
      counts.count(Cells.ERROR);
      throw new NullPointerException("the factory of pool '" + name() + "' returned null");
    }
    counts.count(kindOfMiss);
    if (!announced) {
      announce(made);
    }
    return made;
  }

  /**
   * What {@link #get} does instead where an observer woven in at load time tries what it would be
   * like without the pool.
   *
   * @param times how often it is counted: a second time for nothing but what that takes
   */
  @SuppressWarnings("unused")
  private T getUnpooled(int times) {
    T made;
    try {
      made = factory.get();
    } catch (Throwable e) {
      countRarely(Cells.ERROR);
      throw e;
    }
    if (made == null) {
      countRarely(Cells.ERROR);
      throw new NullPointerException("the factory of pool '" + name() + "' returned null");
    }
    countUnpooled(Cells.MISS_UNPOOLED, times);
    return made;
  }

  /** The same for {@link #put}: whoever put the object finds it reset, and nobody has it. */
  @SuppressWarnings("unused")
  private void putUnpooled(T object, int times) {
    Objects.requireNonNull(object, "object");
    if (checks != null && !passes(checks, object)) {
      return;
    }
    if (checks != null) {
      checks.taken(object);
    }
    // Nobody is told: that would cost as much as what is tried out here. The collector will tell.
    countUnpooled(Cells.dropped(DropReason.EXPERIMENT), times);
  }

  private void countUnpooled(int cell, int times) {
    countOften(cell);
    if (times > 1) {
      countOften(Cells.ECHO);
    }
  }

  private void countOften(int cell) {
    Thread thread = Thread.currentThread();
    Slot slot = VirtualThreads.isVirtual(thread) ? null : owners.slotOf(thread);
    if (slot != null) {
      slot.count(cell);
    } else {
      countRarely(cell);
    }
  }

  private boolean passes(PutChecks checks, T object) {
    if (checks.isDoublePut(object)) {
      count(DropReason.DOUBLE_PUT);
      putTwice(this, object);
      throw new IllegalStateException(
          "an object of "
              + object.getClass().getName()
              + " was put twice into pool '"
              + name()
              + "' with no get in between");
    }
    try {
      checks.reset(object);
    } catch (Throwable e) {
      count(DropReason.RESET_FAILED);
      holdings.parting.with(object);
      throw e;
    }
    if (checks.mustDrop()) {
      count(DropReason.DEBUG);
      holdings.parting.with(object);
      return false;
    }
    return true;
  }

  private void count(DropReason reason) {
    countRarely(Cells.dropped(reason));
  }

  private void countRarely(int cell) {
    Thread thread = Thread.currentThread();
    int now = clock.get();
    if (VirtualThreads.isVirtual(thread)) {
      holdings.stripes(now).of(thread.getId()).shelf.count(cell);
    } else {
      turned(thread, owners.slotOf(thread), now).count(cell);
    }
  }

  /** The class that holds a factory is a stable name; what the JVM appends for a lambda is not. */
  private static String nameOf(Supplier<?> factory) {
    String name = factory.getClass().getName();
    int lambda = name.indexOf("$$Lambda");
    return lambda < 0 ? name : name.substring(0, lambda);
  }

  /** In a lock, so that nobody counts on before an observer knows of the pool. */
  private void announce(Object first) {
    synchronized (holdings) {
      if (!announced) {
        announced(
            this,
            givenName,
            factory,
            holdings.blocks.root,
            first,
            holdings.parting.observer,
            holdings);
        announced = true;
      }
    }
  }

  /**
   * Does nothing: the place where an observer woven in at load time learns of an object that was
   * put while it was in the pool. It is counted already.
   */
  @SuppressWarnings("unused")
  private static void putTwice(ThreadLocalPool<?> pool, Object object) {}

  /**
   * Does nothing: the place where an observer woven in at load time learns of each pool that is
   * used, and of the class of what it pools.
   *
   * @param name the one that was given, if one was
   * @param counts what {@link CountBlocks} says; may be kept longer than the pool
   * @param parting where the observer may put what is to be told of objects that are let go; it is
   *     called by the application's threads and must not throw
   * @param idle shows what lies in the pool; not to be kept longer than the pool
   */
  @SuppressWarnings("unused")
  private static void announced(
      ThreadLocalPool<?> pool,
      @Nullable String name,
      Supplier<?> factory,
      AtomicReference<long[][]> counts,
      Object first,
      AtomicReference<Consumer<Object>> parting,
      Consumer<Consumer<Object>> idle) {}

  /**
   * Chooses a pool's properties; not thread-safe.
   *
   * @param <T> what is pooled
   */
  public static final class Builder<T> {

    private static final int DEFAULT_MAX_SHARED = 32;

    private final Supplier<? extends T> factory;
    private @Nullable String name;
    private @Nullable Consumer<Object> reset;
    private int maxShared = DEFAULT_MAX_SHARED;
    private double dropShare;
    private boolean detectDoublePut;

    private Builder(Supplier<? extends T> factory) {
      this.factory = Objects.requireNonNull(factory, "factory");
    }

    /** The pool's name, short and the same in every run; by default the factory's class. */
    public Builder<T> name(String name) {
      this.name = Objects.requireNonNull(name, "name");
      return this;
    }

    /** Run on each object that is put, by the thread that puts it; by default nothing. */
    @SuppressWarnings("unchecked")
    public Builder<T> reset(Consumer<? super T> reset) {
      // Only what put accepts, a T, is ever given to it.
      this.reset = (Consumer<Object>) Objects.requireNonNull(reset, "reset");
      return this;
    }

    /**
     * The most objects in each shared queue, beside the private one; 0 keeps private ones alone,
     * and nothing for virtual threads. By default 32.
     *
     * @throws IllegalArgumentException when negative
     */
    public Builder<T> maxShared(int maxShared) {
      if (maxShared < 0) {
        throw new IllegalArgumentException("maxShared is negative: " + maxShared);
      }
      this.maxShared = maxShared;
      return this;
    }

    /**
     * Debug mode: drops that share of puts at random, to flush out code that counts on getting its
     * object back. By default 0; {@code -Dpoolwatch.pool.debug=drop} makes it at least a quarter.
     *
     * @throws IllegalArgumentException when not from 0 to 1
     */
    public Builder<T> dropPuts(double share) {
      if (!(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException("a share is from 0 to 1: " + share);
      }
      dropShare = share;
      return this;
    }

    /**
     * Debug mode: a second put of an object with no get in between throws. Costs two look-ups in a
     * concurrent map a cycle. By default off, unless {@code -Dpoolwatch.pool.debug=double} is set.
     */
    public Builder<T> detectDoublePut(boolean detect) {
      detectDoublePut = detect;
      return this;
    }

    /**
     * The pool.
     *
     * @throws IllegalArgumentException when the system property {@code poolwatch.pool.debug} cannot
     *     be read
     */
    public ThreadLocalPool<T> build() {
      return build(GcEpoch.ofJvm());
    }

    /** A pool whose collections are those that a test says. */
    ThreadLocalPool<T> build(GcEpoch epoch) {
      return new ThreadLocalPool<>(this, epoch);
    }
  }
}
