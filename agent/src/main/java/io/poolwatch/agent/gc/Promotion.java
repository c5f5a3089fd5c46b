package io.poolwatch.agent.gc;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.poolwatch.agent.export.Notices;
import io.poolwatch.gc.Epochs;
import io.poolwatch.gc.Tenuring;
import java.lang.instrument.Instrumentation;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out how this JVM tells what it promotes, and follows it. Where it does not tell, says so in
 * one line, and nothing is reported. To be used on the agent's thread.
 */
public final class Promotion {
  private static final String GENERATIONAL_ZGC = "ZGC Minor Cycles";
  private static final String NOT_KNOWN = "promotion is not known, and not reported: ";

  /** Where the JVM's counters are. */
  interface CounterSource {
    PerfCounters attach() throws Throwable;
  }

  private final Notices notices;
  private final Runnable onCollection;
  private volatile @Nullable Tenuring tenuring;
  private volatile @Nullable String unknown;
  private final boolean recorderAllowed;
  private @Nullable FlightWatch recorder;

  private Promotion(Notices notices, boolean recorderAllowed, Runnable onCollection) {
    this.notices = notices;
    this.recorderAllowed = recorderAllowed;
    this.onCollection = onCollection;
  }

  /**
   * Begins to follow the collector. Takes milliseconds, and never throws.
   *
   * @param instrumentation opens a package of the JDK
   * @param notices where it is said if this JVM does not tell
   * @param recorderAllowed whether the flight recorder may be started where there is no other way
   * @param onCollection run after each collection, on a thread of the JVM's; must be short
   */
  public static Promotion follow(
      Instrumentation instrumentation,
      Notices notices,
      boolean recorderAllowed,
      Runnable onCollection) {
    return followBy(
        () -> PerfCounters.attach(instrumentation), notices, recorderAllowed, onCollection);
  }

  static Promotion followBy(
      CounterSource counters, Notices notices, boolean recorderAllowed, Runnable onCollection) {
    Promotion promotion = new Promotion(notices, recorderAllowed, onCollection);
    try {
      promotion.begin(counters);
    } catch (Throwable closed) {
      promotion.off(NOT_KNOWN, closed.toString());
    }
    return promotion;
  }

  private void begin(CounterSource counters) throws Throwable {
    List<GarbageCollectorMXBean> beans = ManagementFactory.getGarbageCollectorMXBeans();
    CountedCollector collector = CountedCollector.of(beans);
    if (collector != null && hasCounters()) {
      byCounters(collector, beans, counters.attach());
    } else if (collector == null && CountedCollector.find(beans, GENERATIONAL_ZGC) == null) {
      off(
          NOT_KNOWN,
          beans.isEmpty()
              ? "this JVM does not collect"
              : "the collector of " + beans.get(0).getName() + " does not tell");
    } else if (recorderAllowed) {
      byFlightRecorder(collector);
    } else {
      off(NOT_KNOWN, "here only the flight recorder tells, and promotion.recorder is false");
    }
  }

  private static boolean hasCounters() {
    return Boolean.parseBoolean(
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
            .getVMOption("UsePerfData")
            .getValue());
  }

  private void byCounters(
      CountedCollector collector, List<GarbageCollectorMXBean> beans, PerfCounters counters)
      throws Throwable {
    Tenuring followed = new Tenuring();
    Epochs.oldArrays(OldArrayRule.of(collector, counters));
    tenuring = followed;
    new CounterWatch(
            collector, counters, followed, failure -> noLonger(failure.toString()), onCollection)
        .begin(beans);
  }

  private void byFlightRecorder(@Nullable CountedCollector collector) throws Throwable {
    if (collector != null) {
      Epochs.oldArrays(OldArrayRule.of(collector, null));
    } else {
      Epochs.garbageLingering();
    }
    Tenuring followed = new Tenuring();
    tenuring = followed;
    FlightWatch watch = new FlightWatch(collector == null, followed, this::noLonger);
    watch.begin();
    recorder = watch;
  }

  private void noLonger(String why) {
    off("promotion is not known any more, and no longer reported: ", why);
  }

  private void off(String what, String why) {
    tenuring = null;
    unknown = why;
    Epochs.shut();
    notices.info(what + why);
  }

  /** To be called about once a second. */
  public void tick() {
    if (recorder != null && tenuring != null) {
      try {
        recorder.look();
      } catch (ReflectiveOperationException | RuntimeException failure) {
        noLonger(failure.toString());
      }
    }
  }

  /** What is known of the collections; null where nothing is, or no longer. */
  public @Nullable Tenuring tenuring() {
    return tenuring;
  }

  /** Why promotion is not known; null where it is. */
  public @Nullable String unknown() {
    return unknown;
  }
}
