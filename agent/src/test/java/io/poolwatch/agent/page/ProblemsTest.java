package io.poolwatch.agent.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.agent.export.AgentEvent;
import io.poolwatch.agent.state.PoolState;
import io.poolwatch.agent.worth.Verdict;
import io.poolwatch.book.PoolIdentity;
import io.poolwatch.book.Share;
import io.poolwatch.book.ShareBook;
import io.poolwatch.book.ViolationKind;
import io.poolwatch.collapse.CollapseState;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProblemsTest {
  private final SomePools pools = new SomePools();

  @AfterEach
  void poolsLiveUntilHere() {
    Reference.reachabilityFence(pools.kept);
  }

  private ShareBook used(String name, int hits, int misses) {
    ShareBook book = pools.add(name);
    Share share = pools.share(book);
    SomePools.use(share, hits, misses);
    return book;
  }

  private List<String> titles() {
    return pools.report().problems.stream()
        .map(problem -> problem.pool().figures().identity().name() + " " + problem.kind())
        .collect(Collectors.toList());
  }

  private static PoolIdentity named(String name) {
    return new PoolIdentity(name, "some_pools", null);
  }

  private void tell(String event, String attribute, String kind, String pool, String text) {
    pools.journal.accept(
        new AgentEvent(
            event,
            text,
            Map.of(
                attribute,
                kind,
                "poolwatch.pool.name",
                pool,
                "poolwatch.pool.system",
                "some_pools"),
            null,
            null));
  }

  @Test
  void healthyPoolsHaveNone() {
    used("fine", 5_000, 10);
    used("young", 10, 500);
    assertThat(titles()).isEmpty();
  }

  @Test
  void whatAnExperimentServesByPlainCreationIsNeitherMissNorBorrowOfThePool() {
    ShareBook tried = used("tried", 1_800, 300);
    ShareBook fine = used("fine", 1_800, 100);
    for (int i = 0; i < 2_000; i++) {
      tried.missUnpooled();
      fine.missUnpooled();
    }
    assertThat(pools.report().problems)
        .singleElement()
        .satisfies(problem -> assertThat(problem.title()).startsWith("14.2 % of the borrows"));
    assertThat(HtmlReport.of(pools.report())).contains("<td>85.7 %</td>", "<td>94.7 %</td>");
  }

  @Test
  void brokenContractsComeFirstThenCollapsesThenWhatCosts() {
    used("misses", 1_000, 1_000);
    used("collapsed", 100, 10);
    pools.collapses.put("collapsed", CollapseState.COLLAPSED);
    ShareBook broken = used("broken", 10, 0);
    broken.violated(ViolationKind.DOUBLE_RETURN);
    for (int i = 0; i < 3; i++) {
      broken.violated(ViolationKind.LEAK);
    }
    used("useless", 0, 0);
    pools.verdicts.put(
        named("useless"),
        new Verdict(Verdict.Kind.DROP, named("useless"), Verdict.NO_SIZE, "it is", "account"));

    assertThat(titles())
        .containsExactly(
            "broken leak",
            "broken double_return",
            "collapsed collapse",
            "misses misses",
            "useless drop");
  }

  @Test
  void amongWhatCostsTheDearestIsFirst() {
    List<PoolState> states = new ArrayList<>();
    used("a", 1, 0);
    states.addAll(pools.states.now());
    PoolState state = states.get(0);
    Problem dear = costing(state, 0.5, 0, 1);
    Problem cheap = costing(state, 0.01, 1e9, 1);
    Problem heavy = costing(state, 0, 5e6, 1);
    Problem light = costing(state, Double.NaN, 1e3, 1);
    Problem often = costing(state, 0, 0, 9);
    Problem once = costing(state, 0, Double.NaN, 1);
    List<Problem> sorted = new ArrayList<>(Arrays.asList(once, heavy, often, light, cheap, dear));
    sorted.sort(Problem.BY_COST);
    assertThat(sorted).containsExactly(dear, cheap, heavy, light, often, once);
  }

  private static Problem costing(PoolState pool, double core, double bytes, long times) {
    return new Problem(
        Problem.Weight.COSTLY, pool, "kind", "title", "detail", "way out", core, bytes, times);
  }

  @Test
  void collapseHasWhatTheAlarmSaidAndItsWayOut() {
    used("letters", 5_000, 4_000);
    pools.collapses.put("letters", CollapseState.COLLAPSED);
    tell(
        "poolwatch.collapse",
        "poolwatch.collapse.change",
        "fell",
        "letters",
        "collapse: the hit rate fell in pool letters (x): hit rate 58.0 %, before 97.8 %\n"
            + "  since 11:12:41\n  disabled: 40.0 % of the borrows: it is\n  way out: use threads");
    assertThat(titles()).containsExactly("letters collapse");
    Problem problem = pools.report().problems.get(0);
    assertThat(problem.detail())
        .isEqualTo(
            "hit rate 58.0 %, before 97.8 %; since 11:12:41; disabled: 40.0 % of the borrows: it"
                + " is");
    assertThat(problem.wayOut()).isEqualTo("use threads");
  }

  @Test
  void collapseThatIsOverIsNoProblem() {
    used("letters", 5_000, 40);
    pools.collapses.put("letters", CollapseState.OK);
    tell("poolwatch.collapse", "poolwatch.collapse.change", "fell", "letters", "fell");
    assertThat(titles()).isEmpty();
  }

  @Test
  void findingHasItsEvidenceAndWayOut() {
    used("p", 5_000, 40);
    tell(
        "poolwatch.finding",
        "poolwatch.finding",
        "pool_per_request",
        "p",
        "finding pool_per_request in pool p (x): a sentence\n  seen: 7 pools\n  way out: make one");
    Problem problem = pools.report().problems.get(0);
    assertThat(problem.kind()).isEqualTo("pool_per_request");
    assertThat(problem.detail()).isEqualTo("7 pools");
    assertThat(problem.wayOut()).isEqualTo("make one");
  }

  @Test
  void poolsWithProblemsStandBeforeBusierOnes() {
    used("busy", 9_000, 0);
    used("busier", 10_000, 0);
    used("broken", 1, 0).violated(ViolationKind.OVERDUE);
    assertThat(pools.report().pools.stream().map(pool -> pool.figures().identity().name()))
        .containsExactly("broken", "busier", "busy");
  }

  @Test
  void journalIsBoundedAndKeepsTheLatest() {
    for (int i = 0; i < Journal.MOST + 5; i++) {
      tell("poolwatch.violation", "poolwatch.violation", "leak", "p", "number " + i);
    }
    tell("poolwatch.violation", "poolwatch.violation", "leak", "p", "x".repeat(100_000));
    tell("poolwatch.other", "a", "b", "p", "not for the report");
    List<Told> about = pools.journal.about(named("p"), Told.Topic.VIOLATION);
    assertThat(about).hasSize(Journal.MOST);
    assertThat(about.get(0).text()).isEqualTo("number 6");
    assertThat(about.get(Journal.MOST - 1).text()).hasSize(Journal.LONGEST + 1);
    assertThat(pools.journal.forgotten()).isEqualTo(6);
    assertThat(pools.journal.about(named("p"), Told.Topic.COLLAPSE)).isEmpty();
  }
}
