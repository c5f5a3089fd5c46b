package io.poolwatch.agent.start;

import io.poolwatch.agent.log.AgentLog;
import io.poolwatch.book.Breaker;
import io.poolwatch.book.PoolSystem;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Says once that a library's advice, or the guard of its objects, failed, and once that it was
 * switched off for that.
 */
final class BreakerReport {
  private final List<PoolSystem> systems;
  private final Set<String> said = new HashSet<>();

  BreakerReport(List<PoolSystem> systems) {
    this.systems = systems;
  }

  void tick() {
    for (PoolSystem system : systems) {
      tell(
          system.breaker(),
          "watching a pool failed, the pool works on; please report",
          "no longer watched",
          "its figures are not reported any more");
      tell(
          system.guard(),
          "the guard could not judge a use of an object, which went on: of use_after_return and"
              + " use_after_destroy some may not be told",
          "no longer guarded",
          "use_after_return is not reported any more");
    }
  }

  private void tell(Breaker breaker, String failed, String off, String unknown) {
    Throwable first = breaker.first();
    if (first != null && said.add(failed + breaker.library())) {
      AgentLog.warn(breaker.library() + ": " + failed, first);
      breaker.told();
    }
    if (breaker.isOpen() && said.add(off + breaker.library())) {
      AgentLog.warn(
          breaker.library()
              + ": "
              + off
              + " after "
              + breaker.failures()
              + " failures; "
              + unknown);
    }
  }
}
