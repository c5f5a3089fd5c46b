package io.poolwatch.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolLinesTest {
  private static final String ALL =
      "'total_limit':8,'tenured':{'idle':1,'used':2},'violations':{'leak':1},"
          + "'collapse':{'state':'collapsed','score':2},'verdict':{'kind':'shrink','size':4},"
          + "'borrow_duration':{'latest':{'p99':0.0012,'samples':5}}";

  private static List<PoolRow> rows(States now, Column sorted) throws Refusal {
    Snapshot before = States.at(10).pool("orders", 100, 10, "").read();
    return new Period(before, now.read()).rows(sorted, false);
  }

  private static List<PoolRow> orders() throws Refusal {
    return rows(States.at(20).pool("orders", 1_050, 60, ALL), Column.BORROWS);
  }

  @Test
  void eightyColumnsHaveAllThatNeedsALook() throws Refusal {
    List<String> lines = PoolLines.plain(orders(), Column.BORROWS, 80);
    assertThat(lines.get(0).trim().split(" {1,}(?!%|BY)"))
        .containsExactly(
            "POOL", "BORR/S", "HIT %", "MISSES BY", "IDLE", "USED", "LIMIT", "P99", "OLD", "VIOL");
    assertThat(lines.get(1).split(" +"))
        .containsExactly("!orders", "100", "95.0", "capacity", "3", "2", "8", "1.2ms", "3", "1");
  }

  @Test
  void whatPoolwatchItselfKeepsFromThePoolIsNoFaultOfThePools() throws Refusal {
    String misses = "'misses':{'capacity':15,'experiment':40,'quarantine':5}";
    List<PoolRow> rows = rows(States.at(20).pool("orders", 1_050, 60, misses), Column.BORROWS);
    assertThat(PoolLines.plain(rows, Column.BORROWS, 80).get(1)).contains(" 99.4 ");
  }

  @Test
  void wideTerminalsHaveStateAndVerdictToo() throws Refusal {
    List<String> lines = PoolLines.plain(orders(), Column.BORROWS, 120);
    assertThat(lines.get(0)).contains("STATE", "VERDICT");
    assertThat(lines.get(1)).contains("collapsed", "shrink to 4");
  }

  @Test
  void fortyColumnsHaveRateHitsAndUse() throws Refusal {
    List<String> lines = PoolLines.plain(orders(), Column.BORROWS, 40);
    assertThat(lines.get(0).trim().split(" {1,}(?!%)"))
        .containsExactly("POOL", "BORR/S", "HIT %", "USED");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 20, 39, 40, 63, 79, 80, 81, 120, 139, 200, 500})
  void noLineIsWiderThanTheTerminal(int width) throws Refusal {
    String odd = "数据库连接池".repeat(40);
    States now =
        States.at(20)
            .pool("orders", 1_050, 60, ALL)
            .pool("x".repeat(10_000), 5, 5, ALL)
            .pool(odd, 5, 5, ALL);
    for (PoolRow row : rows(now, Column.NAME)) {
      assertThat(new PoolLines(width).line(row, true).columnLength()).isLessThanOrEqualTo(width);
      assertThat(new PoolLines(width).line(row, false).columnLength()).isLessThanOrEqualTo(width);
    }
    assertThat(new PoolLines(width).head(Column.NAME).columnLength()).isLessThanOrEqualTo(width);
  }

  @Test
  void columnsStandBelowTheirTitlesWhateverTheNames() throws Refusal {
    States now =
        States.at(20).pool("orders", 9, 9, ALL).pool("数据库", 9, 9, ALL).pool("e\u0301", 9, 9, ALL);
    List<Integer> columns =
        rows(now, Column.NAME).stream()
            .map(row -> new PoolLines(80).line(row, false).columnLength())
            .collect(Collectors.toList());
    assertThat(columns).containsOnly(80);
  }

  @Test
  void namesCannotWriteOverTheTerminal() throws Refusal {
    String evil = "a\u001b[2Jb\rc\nd\u202ee\u0007f\u009bg";
    List<String> lines =
        PoolLines.plain(rows(States.at(20).pool(evil, 9, 9, ""), Column.NAME), Column.NAME, 200);
    assertThat(lines).hasSize(2);
    assertThat(lines.get(1))
        .contains("\\u001b[2J", "\\u000d", "\\u000a", "\\u202e", "\\u0007", "\\u009b");
    assertThat(lines.get(1).chars().filter(c -> Character.isISOControl(c) || c == 0x202e))
        .isEmpty();
  }

  @Test
  void longNamesKeepTheirStartAndTheirEnd() throws Refusal {
    String name = "start" + "x".repeat(10_240) + "end";
    List<String> lines =
        PoolLines.plain(rows(States.at(20).pool(name, 9, 9, ""), Column.NAME), Column.NAME, 80);
    assertThat(lines.get(1)).startsWith(" start").contains("end ");
  }

  @Test
  void whatIsNotKnownIsADashAndNotZero() throws Refusal {
    List<String> lines =
        PoolLines.plain(rows(States.at(20).pool("quiet", 0, 0, ""), Column.NAME), Column.NAME, 80);
    assertThat(lines.get(1).split(" +"))
        .containsExactly("", "quiet", "0.0", "-", "-", "3", "2", "-", "-", "-", "0");
  }

  @Test
  void worstComesFirst() throws Refusal {
    States now = States.at(20).pool("good", 99, 1, "").pool("bad", 1, 9, "").pool("none", 0, 0, "");
    assertThat(rows(now, Column.HITS).stream().map(PoolRow::name))
        .containsExactly("bad", "good", "none");
    assertThat(rows(now, Column.BORROWS).stream().map(PoolRow::name))
        .containsExactly("good", "bad", "none");
    assertThat(rows(now, Column.NAME).stream().map(PoolRow::name))
        .containsExactly("bad", "good", "none");
    assertThat(rows(now, Column.CAUSE).stream().map(PoolRow::name))
        .containsExactly("bad", "good", "none");
  }

  @Test
  void eachKeySortsByOneColumn() {
    assertThat(Column.values()).extracting(Column::key).doesNotHaveDuplicates();
    assertThat(Column.values()).extracting(Column::key).doesNotContain('q', 'r', 't', 'j', 'k');
    assertThat(Column.BY_NEED).containsExactlyInAnyOrder(Column.values());
  }
}
