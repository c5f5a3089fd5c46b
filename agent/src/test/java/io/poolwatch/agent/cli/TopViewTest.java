package io.poolwatch.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;

class TopViewTest {
  private final TopView view = new TopView(4711);

  private List<String> screen(int width, int height) {
    List<AttributedString> lines = view.lines(width, height);
    assertThat(lines).hasSize(height).allMatch(line -> line.columnLength() <= width);
    return lines.stream().map(AttributedString::toString).collect(Collectors.toList());
  }

  private List<String> names() {
    return screen(80, 24).stream()
        .filter(line -> line.matches(" (a|b|c) .*"))
        .map(line -> line.substring(1, 2))
        .collect(Collectors.toList());
  }

  private void threePools() throws Refusal {
    view.state(States.at(10).pool("a", 0, 0, "").pool("b", 0, 0, "").pool("c", 0, 0, "").read());
    view.state(States.at(12).pool("a", 2, 0, "").pool("b", 6, 2, "").pool("c", 3, 3, "").read());
  }

  private void type(String letters) {
    for (char letter : letters.toCharArray()) {
      assertThat(view.press(Key.LETTER, letter)).isTrue();
    }
  }

  @Test
  void titleSaysOfWhatAndOfWhen() throws Refusal {
    threePools();
    assertThat(screen(80, 24).get(0)).contains("4711", "shop", "3 pools, last 2 s");
    assertThat(screen(80, 24).get(23)).contains("q quit", "? help");
  }

  @Test
  void keysSortAndTheSameKeyTurnsRound() throws Refusal {
    threePools();
    assertThat(names()).containsExactly("b", "c", "a");
    type("h");
    assertThat(names()).containsExactly("c", "b", "a");
    type("n");
    assertThat(names()).containsExactly("a", "b", "c");
    type("n");
    assertThat(names()).containsExactly("c", "b", "a");
  }

  @Test
  void enterLooksIntoThePoolThatIsChosenAndEscapeLeadsBack() throws Refusal {
    threePools();
    view.press(Key.DOWN, ' ');
    view.press(Key.ENTER, ' ');
    assertThat(String.join("\n", screen(80, 24)))
        .contains("borrows            hit 3 (1.5/s), miss 3 (1.5/s)")
        .contains("misses by cause    capacity 3 (1.5/s)")
        .contains("hit rate           50.0 %");
    view.press(Key.ESCAPE, ' ');
    assertThat(names()).hasSize(3);
  }

  @Test
  void resetCountsFromThereOnUntilTheIntervalIsAskedForAgain() throws Refusal {
    threePools();
    type("r");
    view.state(States.at(16).pool("a", 10, 0, "").read());
    view.state(States.at(20).pool("a", 10, 8, "").read());
    assertThat(screen(80, 24).get(0)).contains("since the reset 8 s");
    assertThat(screen(80, 24).get(2)).contains(" 2.0 ", " 50.0 ");
    type("t");
    assertThat(screen(80, 24).get(0)).contains("last 4 s");
    assertThat(screen(80, 24).get(2)).contains(" 2.0 ", "  0.0 ");
  }

  @Test
  void helpNamesEachKeyAndFitsOnTheSmallestUsualScreen() throws Refusal {
    threePools();
    type("?");
    List<String> help = screen(80, 24);
    for (Column column : Column.values()) {
      assertThat(String.join("\n", help)).contains("  " + column.key() + " ");
    }
    assertThat(help.get(22)).isBlank();
    view.press(Key.OTHER, ' ');
    assertThat(names()).hasSize(3);
  }

  @Test
  void qLeavesFromAnywhere() throws Refusal {
    assertThat(view.press(Key.LETTER, 'q')).isFalse();
    threePools();
    type("?");
    assertThat(view.press(Key.LETTER, 'q')).isFalse();
  }

  @Test
  void moreRowsThanLinesAreScrolledSoThatTheChosenOneIsSeen() throws Refusal {
    States states = States.at(1);
    for (int i = 0; i < 100; i++) {
      states.pool(String.format("pool%02d", i), 0, 0, "");
    }
    view.state(states.read());
    type("n");
    for (int i = 0; i < 60; i++) {
      view.press(Key.DOWN, ' ');
    }
    assertThat(String.join("\n", screen(80, 24))).contains("pool60").doesNotContain("pool00");
    for (int i = 0; i < 10; i++) {
      view.press(Key.PAGE_DOWN, ' ');
    }
    assertThat(String.join("\n", screen(80, 24))).contains("pool99");
    for (int i = 0; i < 10; i++) {
      view.press(Key.PAGE_UP, ' ');
    }
    assertThat(String.join("\n", screen(80, 24))).contains("pool00");
  }

  @Test
  void tinyScreensAndNoStateAtAllAreNoFailure() throws Refusal {
    screen(80, 24);
    threePools();
    for (int height = 1; height < 6; height++) {
      screen(5, height);
    }
    view.press(Key.ENTER, ' ');
    screen(5, 3);
  }
}
