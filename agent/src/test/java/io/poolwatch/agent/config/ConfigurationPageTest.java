package io.poolwatch.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page for users against the code. */
class ConfigurationPageTest {
  private static final Path PAGE = Path.of("..", "docs", "configuration.md");

  @Test
  void pageHasEachKeyAsTheCodeHasIt() throws IOException {
    List<String> expected = new ArrayList<>();
    for (Option option : Options.all()) {
      expected.add(row(option));
    }
    expected.add(row(Options.NAME));
    List<String> rows = new ArrayList<>();
    for (String line : Files.readAllLines(PAGE)) {
      if (line.startsWith("| `")) {
        rows.add(line);
      }
    }
    assertThat(rows)
        .as("rows of docs/configuration.md; it should have:%n%s", String.join("\n", expected))
        .isEqualTo(expected);
  }

  @Test
  void helpHasEachKey() {
    String help = HelpText.render();
    for (Option option : Options.all()) {
      assertThat(help).contains("  " + option.name() + "=");
    }
    assertThat(help.lines().mapToInt(String::length).max().orElse(0)).isLessThanOrEqualTo(90);
  }

  private static String row(Option option) {
    String other =
        option == Options.NAME ? "" : "`-D" + option.property() + "`, `" + option.variable() + "`";
    String value = option.defaultValue().isEmpty() ? "" : "`" + option.defaultValue() + "`";
    return "| `"
        + option.name()
        + "` | "
        + value
        + " | "
        + option.expectation()
        + " | "
        + option.meaning()
        + " | "
        + other
        + " |";
  }
}
