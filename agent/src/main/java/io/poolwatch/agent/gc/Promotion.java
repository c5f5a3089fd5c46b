package io.poolwatch.agent.gc;

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
  private final Notices notices;
  private @Nullable Tenuring tenuring;

  private Promotion(Notices notices) {
    this.notices = notices;
  }

  /**
   * Begins to follow the collector. Takes milliseconds, and never throws.
   *
   * @param instrumentation opens a package of the JDK
   * @param notices where it is said if this JVM does not tell
   */
  public static Promotion follow(Instrumentation instrumentation, Notices notices) {
    Promotion promotion = new Promotion(notices);
    try {
      promotion.begin(instrumentation);
    } catch (Throwable closed) {
      promotion.off(closed.toString());
    }
    return promotion;
  }

  private void begin(Instrumentation instrumentation) throws Throwable {
    List<GarbageCollectorMXBean> beans = ManagementFactory.getGarbageCollectorMXBeans();
    CountedCollector collector = CountedCollector.of(beans);
    if (collector == null) {
      off(
          beans.isEmpty()
              ? "this JVM does not collect"
              : beans.get(0).getName() + " does not tell");
      return;
    }
    PerfCounters counters = PerfCounters.attach(instrumentation);
    Tenuring followed = new Tenuring();
    Epochs.oldArrays(OldArrayRule.of(collector, counters));
    new CounterWatch(collector, counters, followed, failure -> off(failure.toString()))
        .begin(beans);
    tenuring = followed;
  }

  private void off(String why) {
    Epochs.shut();
    notices.info("promotion is not known, and not reported: " + why);
  }

  /** What is known of the collections; null where nothing is. */
  public @Nullable Tenuring tenuring() {
    return tenuring;
  }
}
