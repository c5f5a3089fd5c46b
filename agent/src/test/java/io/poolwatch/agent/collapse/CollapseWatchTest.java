package io.poolwatch.agent.collapse;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.agent.export.AgentEvent;
import io.poolwatch.agent.export.Notices;
import io.poolwatch.book.Books;
import io.poolwatch.book.KeyShare;
import io.poolwatch.book.Ledger;
import io.poolwatch.book.Life;
import io.poolwatch.book.ObjectBook;
import io.poolwatch.book.PoolFacts;
import io.poolwatch.book.PoolIdentity;
import io.poolwatch.book.PoolSystem;
import io.poolwatch.book.Share;
import io.poolwatch.book.ShareBook;
import io.poolwatch.collapse.CollapseState;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CollapseWatchTest {
  private static final long SECOND = 1_000_000_000L;
  private static final PoolIdentity LETTERS = new PoolIdentity("letters", "collapsing", null);

  private final ShareBook book =
      new ShareBook(PoolSystem.named("collapsing").build(), new PoolFacts("example.Pool"));
  private final Object pool = new Object();
  private final Object local = new Object();
  private final Share share = book.open(local, true);
  private final Ledger ledger = new Ledger((system, facts) -> "letters", 10);
  private final WatchedPools pools = new WatchedPools();
  private final List<String> lines = new ArrayList<>();
  private final List<AgentEvent> events = new ArrayList<>();
  private int changes;
  private long now = System.nanoTime() + SECOND;

  private final CollapseWatch watch =
      new CollapseWatch(
          ledger,
          pools,
          new Notices() {
            @Override
            public void info(String line) {
              lines.add("INFO " + line);
            }

            @Override
            public void warn(String line) {
              lines.add("WARN " + line);
            }
          },
          events::add,
          () -> changes++,
          10_000);

  @BeforeEach
  void register() {
    new Ledger((system, facts) -> null, 1).snapshot();
    Books.register(pool, book);
  }

  /** Ticks of a thousand borrows each. */
  private void run(int ticks, int misses, int disabled) {
    for (int tick = 0; tick < ticks; tick++) {
      for (int i = 0; i < 1_000; i++) {
        if (i < disabled) {
          book.missDisabled();
        } else if (i < disabled + misses) {
          share.miss();
        } else {
          share.hit();
        }
      }
      watch.tick(now);
      now += 10 * SECOND;
    }
    Reference.reachabilityFence(pool);
    Reference.reachabilityFence(local);
  }

  private CollapseState state() {
    return Objects.requireNonNull(pools.of(LETTERS)).state();
  }

  @Test
  void collapseIsToldOnceWithWhatGrewAndAWayOutAndOnceMoreWhenItIsOver() {
    assertThat(pools.of(LETTERS)).isNull();
    run(100, 20, 0);
    assertThat(state()).isEqualTo(CollapseState.OK);
    assertThat(changes).isZero();

    run(60, 20, 400);
    assertThat(state()).isEqualTo(CollapseState.COLLAPSED);
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0))
        .startsWith("WARN collapse: the hit rate fell in pool letters (collapsing): hit rate 58")
        .containsPattern(", before 9[78]\\.\\d %")
        .containsPattern("since \\d\\d:\\d\\d:\\d\\d")
        .contains("disabled: 40.0 % of the borrows, before 0.0 %: the pool is switched off")
        .contains("way out: Netty pools on platform threads")
        .doesNotContain("other:");
    assertThat(events).hasSize(1);
    assertThat(events.get(0).name()).isEqualTo("poolwatch.collapse");
    assertThat(events.get(0).attributes())
        .containsEntry("poolwatch.pool.name", "letters")
        .containsEntry("poolwatch.collapse.state", "collapsed")
        .containsEntry("poolwatch.collapse.change", "fell")
        .containsEntry("poolwatch.cause", "disabled");
    assertThat(changes).as("ok, suspect, collapsed").isEqualTo(2);

    run(20, 20, 0);
    assertThat(state()).isEqualTo(CollapseState.OK);
    assertThat(lines).hasSize(2);
    assertThat(lines.get(1)).startsWith("INFO collapse is over: the hit rate is as it was in pool");
    assertThat(events.get(1).attributes())
        .containsEntry("poolwatch.collapse.state", "ok")
        .doesNotContainKey("poolwatch.cause");
    assertThat(changes).isEqualTo(3);
  }

  @Test
  void keysThatMultiplyAreCountedInTheSentence() {
    ObjectBook keyed =
        new ObjectBook(PoolSystem.named("collapsing").build(), new PoolFacts("example.Keyed"));
    keyed.idleLimit(4);
    Object keyedPool = new Object();
    Books.register(keyedPool, keyed);
    List<Life> idle = new ArrayList<>();
    for (int key = 0; key < 8; key++) {
      idle.add(borrowAnew(keyed, "key " + key));
    }
    for (int tick = 0; tick < 60; tick++) {
      borrowIdle(keyed, idle, 1_000);
      tickAll();
    }
    for (int tick = 0; tick < 12; tick++) {
      borrowIdle(keyed, idle.subList(0, 2), 600);
      for (int call = 0; call < 400; call++) {
        keyed.removedForOtherKey(borrowAnew(keyed, "version " + tick + " of " + call));
      }
      tickAll();
    }
    Reference.reachabilityFence(keyedPool);

    assertThat(lines).hasSize(1);
    assertThat(lines.get(0))
        .containsPattern(
            "key fragmentation: distinct keys ×\\d\\d\\.\\d since \\d\\d:\\d\\d:\\d\\d"
                + " \\(40[12] in 10 s, before 8\\), 6 idle under other keys, [34]\\d\\.\\d keys"
                + " begun a second")
        .contains("fragmented: ")
        .contains("way out: look at what the keys are made of");
  }

  private void tickAll() {
    ledger.tick(now);
    watch.tick(now);
    now += 10 * SECOND;
  }

  private static Life borrowAnew(ObjectBook book, String key) {
    KeyShare share = new KeyShare();
    Life life = new Life();
    book.asked(share, key);
    book.created(life, new Object(), share);
    book.lent(life, true);
    book.returned(life);
    return life;
  }

  private static void borrowIdle(ObjectBook book, List<Life> idle, int times) {
    for (int i = 0; i < times; i++) {
      Life life = idle.get(i % idle.size());
      book.lent(life, false);
      book.returned(life);
    }
  }

  @Test
  void looksEveryTenSecondsHoweverOftenItIsAsked() {
    for (int second = 0; second < 1_000; second++) {
      for (int i = 0; i < 100; i++) {
        share.hit();
      }
      watch.tick(now);
      now += SECOND;
    }
    run(5, 400, 0);
    assertThat(state()).isEqualTo(CollapseState.SUSPECT);
    run(3, 400, 0);
    assertThat(state()).isEqualTo(CollapseState.COLLAPSED);
  }

  @Test
  void beatThatWasMissedIsOneLongerTick() {
    run(100, 20, 0);
    now += 60 * SECOND;
    run(2, 400, 0);
    assertThat(lines).isEmpty();
    run(10, 400, 0);
    assertThat(lines).hasSize(1);
  }
}
