package io.poolwatch.agent.start;

import io.poolwatch.agent.export.AgentCounts;
import io.poolwatch.book.Breaker;
import io.poolwatch.book.Ledger;
import io.poolwatch.woven.commonspool2.CommonsPool2;
import io.poolwatch.woven.nettyrecycler.RecyclerHooks;
import io.poolwatch.woven.threadlocal.ThreadLocalPoolHooks;
import java.util.ArrayList;
import java.util.List;

/** What can be read about pools, once the boot classes are there. Immutable. */
final class Watching {
  private final Ledger ledger;
  private final AgentCounts counts;
  private final List<Breaker> breakers = new ArrayList<>();

  Watching(Ledger ledger) {
    this.ledger = ledger;
    breakers.add(CommonsPool2.SYSTEM.breaker());
    breakers.add(RecyclerHooks.SYSTEM.breaker());
    breakers.add(ThreadLocalPoolHooks.SYSTEM.breaker());
    List<String> systems = new ArrayList<>();
    for (Breaker breaker : breakers) {
      systems.add(breaker.library());
    }
    counts = new AgentCounts(ledger, systems);
    for (Breaker breaker : breakers) {
      counts.breaker(breaker);
    }
  }

  Ledger ledger() {
    return ledger;
  }

  AgentCounts counts() {
    return counts;
  }

  /** One for each library that can be woven. */
  List<Breaker> breakers() {
    return breakers;
  }
}
