package io.poolwatch.agent.state;

import io.poolwatch.agent.worth.Verdict;
import io.poolwatch.book.Ledger;
import io.poolwatch.book.PoolIdentity;
import io.poolwatch.book.PoolSnapshot;
import io.poolwatch.collapse.CollapseReading;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Puts the states of all pools together. As thread-safe as what it asks. */
public final class PoolStates {
  private final Ledger ledger;
  private final Durations durations;
  private final Function<PoolIdentity, @Nullable CollapseReading> collapse;
  private final Function<PoolIdentity, @Nullable Verdict> verdicts;

  /** Asks these. */
  public PoolStates(
      Ledger ledger,
      Durations durations,
      Function<PoolIdentity, @Nullable CollapseReading> collapse,
      Function<PoolIdentity, @Nullable Verdict> verdicts) {
    this.ledger = ledger;
    this.durations = durations;
    this.collapse = collapse;
    this.verdicts = verdicts;
  }

  /** All pools that were ever seen and are to be reported, as they are now. */
  public List<PoolState> now() {
    return of(ledger.snapshot());
  }

  /** The same, without pools that have made no object yet and so are given no name yet. */
  public List<PoolState> named() {
    return of(ledger.named());
  }

  private List<PoolState> of(List<PoolSnapshot> pools) {
    List<PoolState> states = new ArrayList<>(pools.size());
    for (PoolSnapshot pool : pools) {
      states.add(
          new PoolState(
              pool, collapse.apply(pool.identity()), verdicts.apply(pool.identity()), durations));
    }
    return states;
  }
}
