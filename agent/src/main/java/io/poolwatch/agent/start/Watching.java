package io.poolwatch.agent.start;

import io.poolwatch.agent.export.AgentCounts;
import io.poolwatch.book.Ledger;
import io.poolwatch.book.PoolSystem;
import io.poolwatch.woven.commonspool2.CommonsPool2;
import io.poolwatch.woven.nettyrecycler.NettyRecyclers;
import io.poolwatch.woven.threadlocal.ThreadLocalPoolHooks;
import java.util.ArrayList;
import java.util.List;

/** What can be read about pools, once the boot classes are there. Immutable. */
final class Watching {
  private final Ledger ledger;
  private final AgentCounts counts;
  private final List<PoolSystem> systems =
      List.of(CommonsPool2.SYSTEM, NettyRecyclers.SYSTEM, ThreadLocalPoolHooks.SYSTEM);

  Watching(Ledger ledger) {
    this.ledger = ledger;
    List<String> ids = new ArrayList<>();
    for (PoolSystem system : systems) {
      ids.add(system.id());
    }
    counts = new AgentCounts(ledger, ids);
    for (PoolSystem system : systems) {
      counts.failures(system);
    }
  }

  Ledger ledger() {
    return ledger;
  }

  AgentCounts counts() {
    return counts;
  }

  /** One for each library that can be woven. */
  List<PoolSystem> systems() {
    return systems;
  }
}
