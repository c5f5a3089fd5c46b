package io.poolwatch.agent.collapse;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.agent.export.AgentEvent;
import io.poolwatch.agent.export.Notices;
import io.poolwatch.book.Ledger;
import java.util.ArrayList;
import java.util.List;

/**
 * Has a pool do what it usually does, then something worse, in ticks of ten seconds that take no
 * time; and takes down what is told of it. The pools that are made while it exists are one name.
 */
public final class FallRig {
  private static final long TICK_NANOS = 10_000_000_000L;

  /** Enough for the warm-up, and for what is usual, at two hundred borrows a tick. */
  private static final int USUAL_TICKS = 75;

  private static final int BAD_TICKS = 30;

  private final Ledger ledger = new Ledger((system, facts) -> "falling", 10);
  private final List<AgentEvent> events = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final CollapseWatch watch =
      new CollapseWatch(
          ledger,
          new WatchedPools(),
          new Notices() {
            @Override
            public void info(String line) {}

            @Override
            public void warn(String line) {
              warnings.add(line);
            }
          },
          events::add,
          () -> {},
          TICK_NANOS / 1_000_000);
  private long now = System.nanoTime() + TICK_NANOS;

  private FallRig() {}

  /** A rig that knows no pool yet; to be made before the pool is. */
  public static FallRig create() {
    new Ledger((system, facts) -> null, 1).snapshot();
    return new FallRig();
  }

  /** What happens in a tick: at least two hundred borrows. */
  public interface Tick {
    /** Does it. */
    void run() throws Throwable;
  }

  /** Usual ticks, without any word of a collapse. */
  public void usually(Tick tick) throws Throwable {
    for (int i = 0; i < USUAL_TICKS; i++) {
      run(tick);
    }
    assertThat(warnings).isEmpty();
  }

  /** Bad ticks until a collapse is told; gives the cause that its sentence names first. */
  public String fallsFor(Tick tick) throws Throwable {
    for (int i = 0; i < BAD_TICKS && events.isEmpty(); i++) {
      run(tick);
    }
    assertThat(events).as("a collapse is told").hasSize(1);
    String cause = events.get(0).attributes().get("poolwatch.cause");
    assertThat(warnings.get(0)).contains("\n  " + cause + ": ");
    return cause;
  }

  /** The text of the collapse. */
  public String text() {
    return warnings.get(0);
  }

  private void run(Tick tick) throws Throwable {
    tick.run();
    ledger.tick(now);
    watch.tick(now);
    now += TICK_NANOS;
  }
}
