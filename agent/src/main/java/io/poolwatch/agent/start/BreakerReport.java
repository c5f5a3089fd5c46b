package io.poolwatch.agent.start;

import io.poolwatch.agent.log.AgentLog;
import io.poolwatch.book.Breaker;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Says once that a library's advice failed, and once that it was switched off for that. */
final class BreakerReport {
  private final List<Breaker> breakers;
  private final Set<String> said = new HashSet<>();

  BreakerReport(List<Breaker> breakers) {
    this.breakers = breakers;
  }

  void tick() {
    for (Breaker breaker : breakers) {
      Throwable first = breaker.first();
      if (first != null && said.add("failed " + breaker.library())) {
        AgentLog.warn(
            breaker.library() + ": watching a pool failed, the pool works on; please report",
            first);
      }
      if (breaker.isOpen() && said.add("open " + breaker.library())) {
        AgentLog.warn(
            breaker.library()
                + ": no longer watched after "
                + breaker.failures()
                + " failures; its figures are not reported any more");
      }
    }
  }
}
