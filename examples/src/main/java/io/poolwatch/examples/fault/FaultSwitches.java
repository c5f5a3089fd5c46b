package io.poolwatch.examples.fault;

import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which faults are on. Safe for use by many threads. */
public final class FaultSwitches {
  private static final Logger log = LoggerFactory.getLogger(FaultSwitches.class);

  private final Set<Fault> on = ConcurrentHashMap.newKeySet();

  /** Switches a fault on or off; it takes effect with the next call that could commit it. */
  public void set(Fault fault, boolean on) {
    boolean changed = on ? this.on.add(fault) : this.on.remove(fault);
    if (changed) {
      log.info("Fault {} is {}: {}", fault.id(), on ? "on" : "off", fault.mistake());
    }
  }

  /** Whether the fault is on. */
  public boolean isOn(Fault fault) {
    return on.contains(fault);
  }

  /** Those that are on, as a view. */
  public Set<Fault> on() {
    return Collections.unmodifiableSet(on);
  }

  /** Says when a fault is to be committed: at every n-th occasion while it is on. */
  static final class EveryNth {
    private final FaultSwitches switches;
    private final Fault fault;
    private final int n;
    private final AtomicLong occasions = new AtomicLong();

    EveryNth(FaultSwitches switches, Fault fault, int n) {
      this.switches = switches;
      this.fault = fault;
      this.n = n;
    }

    boolean now() {
      return switches.isOn(fault) && occasions.incrementAndGet() % n == 0;
    }
  }
}
