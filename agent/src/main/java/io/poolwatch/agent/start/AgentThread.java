package io.poolwatch.agent.start;

import io.poolwatch.agent.config.Options;
import io.poolwatch.agent.config.Settings;
import io.poolwatch.agent.live.LiveAnswers;
import io.poolwatch.agent.live.LiveName;
import io.poolwatch.agent.log.AgentLog;
import io.poolwatch.agent.trace.ServiceSpans;
import io.poolwatch.agent.worth.Metering;
import io.poolwatch.book.Books;
import io.poolwatch.gc.Epochs;
import io.poolwatch.otel.PoolwatchVersion;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The agent's one thread. It does not exist before there is something to do: a pool's class, a line
 * to log, or an exporter that wants to be started after a while. Then it works once a second, and
 * does the last work, bounded in time, as the JVM ends.
 *
 * <p>{@link #run} is what the first pool calls, on the service's thread.
 */
final class AgentThread implements Runnable {
  private static final long QUEUED_MILLIS = 15;
  private static final long PERIOD_MILLIS = 1_000;
  private static final long EXPORT_DELAY_NANOS = 5_000_000_000L;

  /** What is left of the time at exit when the export must have ended. */
  private static final long MARGIN_MILLIS = 200;

  private final BootSide boot;
  private final Settings settings;
  private final ServiceSpans spans;
  private final long exitMillis;
  private List<String> unwatched = List.of();
  private @Nullable EarlyPools early;
  private @Nullable LiveAnswers answers;
  private @Nullable Thread thread;
  private @Nullable Duties duties;
  private boolean dutiesTried;
  private boolean poolSeen;
  private boolean collected;
  private long collectedNanos;
  private boolean exportAwaited;
  private boolean meterAwaited;
  private boolean ending;
  private boolean complained;

  AgentThread(BootSide boot, Settings settings, ServiceSpans spans) {
    this.boot = boot;
    this.settings = settings;
    this.spans = spans;
    exitMillis = settings.millis(Options.EXIT_TIMEOUT);
  }

  /** Called by the first pool. */
  @Override
  public synchronized void run() {
    poolSeen = true;
    start();
    notifyAll();
  }

  /**
   * A pool's class was seen, and a pool will follow: what measures the building of its objects
   * takes a while to load, and most are built at once.
   */
  private synchronized void meterSoon() {
    meterAwaited = true;
    start();
    notifyAll();
  }

  /** What pool classes were loaded before the agent; to be called before the thread starts. */
  synchronized void early(EarlyPools pools) {
    if (pools.changesClasses()) {
      early = pools;
      start();
    } else {
      unwatched = pools.settle();
    }
  }

  /** Exports after a few seconds even if no pool is seen. */
  synchronized void startSoon() {
    exportAwaited = true;
    start();
  }

  /** Makes the meter ready when the first class of a pool is seen. */
  Runnable meterStarter() {
    return new MeterStarter();
  }

  /** Starts the thread when the first line is to be logged. */
  Runnable starter() {
    return new Starter();
  }

  /** Starts the thread unless it runs already. Never throws. */
  synchronized void start() {
    if (thread != null || ending) {
      return;
    }
    // Privileged, so that the new threads inherit no permissions, and with them no class loader, of
    // whatever code of the service happened to come first.
    AccessController.doPrivileged(
        new PrivilegedAction<@Nullable Void>() {
          @Override
          public @Nullable Void run() {
            startBoth();
            return null;
          }
        });
  }

  private synchronized void startBoth() {
    Thread made = make("poolwatch", new Worker());
    made.setDaemon(true);
    try {
      // The hook first, and here: a JVM that ends at once is still to tell what it has to tell.
      Runtime.getRuntime().addShutdownHook(make("poolwatch-exit", new Finisher()));
      made.start();
      thread = made;
    } catch (IllegalStateException alreadyEnding) {
      ending = true;
    } catch (OutOfMemoryError noThread) {
      // The service has none to spare either; books go on, nothing is reported.
      ending = true;
    }
  }

  private static Thread make(String name, Runnable work) {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    // No inheritable thread locals: they belong to the service.
    Thread made = new Thread(group, work, name, 0, false);
    made.setContextClassLoader(AgentThread.class.getClassLoader());
    return made;
  }

  private void work() {
    long born = System.nanoTime();
    guarded(() -> beginAnswering(born));
    guarded(() -> weaveEarly());
    do {
      guarded(AgentLog::drain);
      guarded(() -> beat(born));
    } while (lookAfterCollections());
    // Once more: a pool may have been seen since, and what it counted is to be told.
    guarded(() -> beat(born));
    guarded(() -> closeAnswers());
    guarded(() -> closeDuties());
    guarded(AgentLog::drain);
  }

  /** The JVM stops for that; so it is done once, before anything else. */
  private void weaveEarly() {
    EarlyPools pools;
    synchronized (this) {
      pools = early;
      early = null;
    }
    if (pools != null) {
      List<String> left = pools.settle();
      synchronized (this) {
        unwatched = left;
      }
    }
  }

  private void beginAnswering(long now) {
    if (settings.flag(Options.ENABLED) && settings.flag(Options.LIVE)) {
      answers =
          new LiveAnswers(
              settings.text(Options.LIVE_DIRECTORY), LiveName.own(), PoolwatchVersion.get());
      answers.begin(now);
    }
  }

  private void closeAnswers() {
    if (answers != null) {
      answers.close();
    }
  }

  private void closeDuties() {
    Duties open = duties;
    if (open != null) {
      open.close(exitMillis - MARGIN_MILLIS);
    }
  }

  /** A collection ran just now. On a thread of the JVM's. */
  private void collected() {
    if (Books.anyEstimates() || Epochs.lackedRoom()) {
      synchronized (this) {
        if (!collected) {
          collected = true;
          collectedNanos = System.nanoTime();
          notifyAll();
        }
      }
    }
  }

  /** Waits for the next beat, and meanwhile looks at the books soon after each collection. */
  private boolean lookAfterCollections() {
    long end = System.nanoTime() + PERIOD_MILLIS * 1_000_000L;
    boolean goesOn = awaitNext(PERIOD_MILLIS);
    long since = takeCollection();
    while (goesOn && since >= 0) {
      Duties open = duties;
      long ago = since;
      if (open != null) {
        guarded(() -> open.collected(ago));
      }
      long left = (end - System.nanoTime()) / 1_000_000L;
      goesOn = left <= 0 ? !isEnding() : awaitNext(left);
      since = left <= 0 ? -1 : takeCollection();
    }
    return goesOn;
  }

  /** How many nanoseconds ago a collection ran that was not looked after; negative if none did. */
  private synchronized long takeCollection() {
    if (!collected || ending) {
      return -1;
    }
    try {
      // Until the references that it cleared have been queued.
      wait(QUEUED_MILLIS);
    } catch (InterruptedException unexpected) {
      // then a little early
    }
    collected = false;
    return System.nanoTime() - collectedNanos;
  }

  private synchronized boolean isEnding() {
    return ending;
  }

  /** Waits for the next beat, or for a collection; false once the JVM ends. */
  private synchronized boolean awaitNext(long millis) {
    // A pool seen since the last beat is not to wait.
    if (!ending && !collected && !meterAwaited && (dutiesTried || !poolSeen)) {
      try {
        wait(millis);
      } catch (InterruptedException unexpected) {
        // Nobody has a reason to interrupt this thread: it goes on, a beat early.
        return !ending;
      }
    }
    return !ending;
  }

  private void beat(long born) {
    long now = System.nanoTime();
    boolean asked = answers != null && answers.isAsked(now);
    boolean due;
    boolean metering;
    List<String> left;
    synchronized (this) {
      metering = meterAwaited;
      meterAwaited = false;
      left = unwatched;
      due = poolSeen || asked || (exportAwaited && now - born >= EXPORT_DELAY_NANOS);
    }
    if (metering) {
      Meters.open(boot);
    }
    if (due && !dutiesTried) {
      // Once: what fails would fail each second again, and add its listeners to those of before.
      dutiesTried = true;
      if (boot.prepare()) {
        duties = new Duties(boot, settings, spans, left, this::collected);
      }
    }
    Duties open = duties;
    if (open != null) {
      open.tick(now);
      if (asked) {
        tell(open, answers);
      }
    }
  }

  private static void tell(Duties open, @Nullable LiveAnswers asker) {
    if (asker == null) {
      return;
    }
    asker.answer(open.live()::writeTo);
    String format = asker.reportFormat();
    if (format != null) {
      asker.report(open.live().report(format));
    }
  }

  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (Throwable failure) {
      if (!complained) {
        complained = true;
        AgentLog.warn("an internal failure; reporting may be incomplete from here on", failure);
      }
    }
  }

  /** The JVM ends: the last work is done, and waited for. */
  void finish() {
    Thread running;
    synchronized (this) {
      ending = true;
      running = thread;
      notifyAll();
    }
    if (running != null) {
      try {
        running.join(exitMillis);
      } catch (InterruptedException hurried) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Apart, so that linking does not ask for the boot classes too early. */
  private static final class Meters {
    static void open(BootSide boot) {
      String unknown = Metering.open(boot.instrumentation());
      if (unknown != null) {
        AgentLog.debug(unknown);
      }
    }
  }

  // Classes and not lambdas: made in premain or on a thread of the service, where the first lambda
  // costs milliseconds.

  private final class Starter implements Runnable {
    @Override
    public void run() {
      start();
    }
  }

  private final class MeterStarter implements Runnable {
    @Override
    public void run() {
      meterSoon();
    }
  }

  private final class Worker implements Runnable {
    @Override
    public void run() {
      work();
    }
  }

  private final class Finisher implements Runnable {
    @Override
    public void run() {
      finish();
    }
  }
}
