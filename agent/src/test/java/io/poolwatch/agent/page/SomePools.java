package io.poolwatch.agent.page;

import io.poolwatch.agent.history.Histories;
import io.poolwatch.agent.state.Durations;
import io.poolwatch.agent.state.PoolStates;
import io.poolwatch.agent.state.ServiceFacts;
import io.poolwatch.agent.worth.MeasuredPools;
import io.poolwatch.agent.worth.Verdict;
import io.poolwatch.agent.worth.WithoutPools;
import io.poolwatch.book.Books;
import io.poolwatch.book.Ledger;
import io.poolwatch.book.MissCause;
import io.poolwatch.book.PoolFacts;
import io.poolwatch.book.PoolIdentity;
import io.poolwatch.book.PoolSystem;
import io.poolwatch.book.Share;
import io.poolwatch.book.ShareBook;
import io.poolwatch.book.ViolationKind;
import io.poolwatch.collapse.CollapseReading;
import io.poolwatch.collapse.CollapseState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A service with pools of the test's choice, and all that a report of them needs. */
final class SomePools {
  static final PoolSystem SYSTEM =
      PoolSystem.named("some_pools")
          .missCauses(EnumSet.allOf(MissCause.class))
          .violations(EnumSet.allOf(ViolationKind.class))
          .waiting()
          .validating()
          .build();

  final Ledger ledger = new Ledger((system, facts) -> facts.poolClass(), 20_000);
  final Journal journal = new Journal();
  final Coverage coverage = new Coverage();
  final Map<String, CollapseState> collapses = new HashMap<>();
  @Nullable WithoutPools withoutPools;
  final Map<PoolIdentity, Verdict> verdicts = new HashMap<>();
  final PoolStates states =
      new PoolStates(
          ledger,
          new Durations(ledger),
          pool ->
              collapses.containsKey(pool.name())
                  ? new CollapseReading(collapses.get(pool.name()), 1.2)
                  : null,
          verdicts::get);
  final long start = System.nanoTime();
  final Histories histories = new Histories(states, start);
  final List<Object> kept = new ArrayList<>();

  SomePools() {
    new Ledger((system, facts) -> null, 1).snapshot();
  }

  ShareBook add(String name) {
    ShareBook book = new ShareBook(SYSTEM, new PoolFacts(name));
    Object pool = new Object();
    kept.add(pool);
    Books.register(pool, book);
    return book;
  }

  /** A pool that was in use before it was watched. */
  ShareBook addLate(String name) {
    ShareBook book = add(name);
    book.inherit();
    book.settled();
    return book;
  }

  Share share(ShareBook book) {
    Object local = new Object();
    kept.add(local);
    return book.open(local, true);
  }

  static void use(Share share, int hits, int misses) {
    for (int i = 0; i < hits; i++) {
      share.hit();
    }
    for (int i = 0; i < misses; i++) {
      share.miss();
    }
  }

  /** The report has the service with and without its pools. */
  void measured() {
    ledger.snapshot();
    withoutPools = MeasuredPools.of(ledger.appraisals());
  }

  ReportWriter writer() {
    return new ReportWriter(
        ServiceFacts.ofProcess("shop"),
        states,
        histories,
        journal,
        () -> withoutPools,
        () -> coverage);
  }

  Report report() {
    return new Report(
        ServiceFacts.ofProcess("shop"),
        java.time.Instant.parse("2026-01-02T03:04:05Z"),
        System.nanoTime(),
        states.now(),
        histories,
        journal,
        withoutPools,
        coverage);
  }
}
