package io.poolwatch.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.book.Life;
import io.poolwatch.book.ObjectBook;
import io.poolwatch.book.PoolSystem;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.Share;
import io.poolwatch.book.ShareBook;
import java.lang.ref.Reference;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolTableTest {
  private static final PoolSystem SYSTEM = PoolSystem.named("commons_pool2").waiting().build();

  private final ReportedPools pools = new ReportedPools(SYSTEM, "table:");

  private List<String> lines() {
    return PoolTable.lines(pools.snapshot());
  }

  @Test
  void noPoolIsNoTable() {
    assertThat(lines()).isEmpty();
  }

  @Test
  void figuresStandInAlignedColumnsBusiestFirst() {
    ObjectBook quiet = pools.add("quiet");
    Life one = new Life();
    quiet.created(one, null);
    quiet.lent(one, true);
    ObjectBook busy = pools.add("busy");
    for (int i = 0; i < 3; i++) {
      Life life = new Life();
      busy.created(life, null);
      busy.lent(life, true);
      busy.returned(life);
      for (int j = 0; j < 5; j++) {
        busy.lent(life, false);
        busy.returned(life);
      }
      if (i > 0) {
        busy.removed(life, i == 1 ? RemovalReason.EVICTED : RemovalReason.INVALID);
      }
    }

    assertThat(lines())
        .containsExactly(
            "pool         system         borrows  hit %  idle  used  waiting  created  removed",
            "table:busy   commons_pool2       18   83.3     1     0        0        3"
                + "  2 (evicted 1, invalid 1)",
            "table:quiet  commons_pool2        1    0.0     0     1        0        1  0");
  }

  @Test
  void namesCannotForgeLinesNorBreakTheColumns() {
    pools.add("" + "x".repeat(200) + "end");
    pools.add("\u001b[2J\nforged\u202e");

    List<String> lines = lines();

    assertThat(lines).hasSize(3).allSatisfy(line -> assertThat(line).hasSizeLessThan(120));
    assertThat(String.join("", lines)).doesNotContain("\n", "\u001b", "\u202e");
    assertThat(lines).anySatisfy(line -> assertThat(line).contains("xend"));
    assertThat(lines).anySatisfy(line -> assertThat(line).contains("\\u001b[2J\\u000a"));
  }

  @Test
  void aRatioIsOnlyFullWhenNothingWasMissed() {
    ObjectBook book = pools.add("nearly");
    Life life = new Life();
    book.created(life, null);
    for (int i = 0; i < 20_000; i++) {
      book.lent(life, i == 0);
      book.returned(life);
    }

    assertThat(lines().get(1)).contains(" 99.9 ").doesNotContain("100.0");
  }

  @Test
  void largeCountsStayShort() {
    assertThat(PoolTable.count(999_999)).isEqualTo("999999");
    assertThat(PoolTable.count(1_239_999)).isEqualTo("1.23M");
    assertThat(PoolTable.count(Long.MAX_VALUE)).isEqualTo("9223372036.85G");
  }

  @Test
  void whatIsNotKnownOfAPoolThatWasInUseBeforeIsADash() {
    ShareBook late = pools.addShared("late");
    late.inherit();
    late.settled();
    Object local = new Object();
    Share share = late.open(local, true);
    share.miss();
    share.hit();
    assertThat(lines().get(1))
        .isEqualTo("table:late  commons_pool2        2   50.0     -     -        0        1  0");
    Reference.reachabilityFence(local);
  }
}
