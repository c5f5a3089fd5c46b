package io.poolwatch.agent.page;

import io.poolwatch.agent.history.Histories;
import io.poolwatch.agent.state.PoolState;
import io.poolwatch.agent.state.ServiceFacts;
import io.poolwatch.agent.worth.WithoutPools;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that a report is made of, at one moment. What it refers to must stand still meanwhile. */
final class Report {
  final ServiceFacts service;
  final Instant now;
  final long nowNanos;
  final double seconds;
  final List<PoolState> pools;
  final Histories histories;
  final Journal journal;
  final @Nullable WithoutPools withoutPools;
  final Coverage coverage;
  final List<Problem> problems;

  Report(
      ServiceFacts service,
      Instant now,
      long nowNanos,
      List<PoolState> pools,
      Histories histories,
      Journal journal,
      @Nullable WithoutPools withoutPools,
      Coverage coverage) {
    this.service = service;
    this.now = now;
    this.nowNanos = nowNanos;
    seconds = Math.max(0.001, (nowNanos - service.startedNanos()) / 1e9);
    this.histories = histories;
    this.journal = journal;
    this.withoutPools = withoutPools;
    this.coverage = coverage;
    problems = Problems.of(pools, journal, histories, seconds);
    this.pools = Problems.inOrder(pools, problems);
  }
}
