package io.poolwatch.agent.worth;

import io.poolwatch.worth.Costs;
import io.poolwatch.worth.Meter;
import java.lang.instrument.Instrumentation;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/** What measures the buildings of pooled objects, on whichever thread they happen. */
public final class Metering implements Meter {
  private final @Nullable AllocatedBytes allocated;
  private final ObjectSizes sizes;
  private final ClassLoadingMXBean classes;

  private Metering(
      @Nullable AllocatedBytes allocated, ObjectSizes sizes, ClassLoadingMXBean classes) {
    this.allocated = allocated;
    this.sizes = sizes;
    this.classes = classes;
  }

  /**
   * Makes it ready and has it used from now on; takes some ten milliseconds.
   *
   * @return what cannot be measured in this JVM, and why; null normally
   */
  public static @Nullable String open(Instrumentation instrumentation) {
    String unknown = null;
    AllocatedBytes allocated = null;
    try {
      allocated = AllocatedBytes.open();
    } catch (Throwable closed) {
      unknown = "what building a pooled object allocates is not measured: " + closed;
    }
    try {
      Metering meter =
          new Metering(
              allocated,
              new ObjectSizes(instrumentation),
              ManagementFactory.getClassLoadingMXBean());
      // Once through everything, so that nothing is loaded on a thread of the service.
      meter.allocated();
      meter.classesLoaded();
      meter.sizeOf(new StringBuilder());
      meter.sizeOf(new byte[0]);
      Costs.meter(meter);
      return unknown;
    } catch (Throwable closed) {
      return "the building of pooled objects is not measured: " + closed;
    }
  }

  @Override
  public long allocated() {
    return allocated == null ? UNKNOWN : allocated.present();
  }

  @Override
  public long allocatedByReading() {
    return allocated == null ? 0 : allocated.byReading();
  }

  @Override
  public long classesLoaded() {
    try {
      return classes.getTotalLoadedClassCount();
    } catch (Throwable unknown) {
      return UNKNOWN;
    }
  }

  @Override
  public long sizeOf(Object object) {
    return sizes.of(object);
  }
}
