package io.poolwatch.agent.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page for users against the code. */
class GuardRulesPageTest {
  private static final Path PAGE = Path.of("..", "docs", "violations.md");

  @Test
  void pageHasEachMethodThatIsNoUse() throws IOException {
    assertThat(Files.readAllLines(PAGE))
        .contains("  " + names(GuardRules.QUESTIONS))
        .contains(
            "  "
                + names(
                    GuardRules.NO_USE.stream()
                        .map(method -> method.substring(0, method.indexOf('(')))
                        .collect(Collectors.toSet())));
  }

  private static String names(Collection<String> methods) {
    return methods.stream()
        .sorted()
        .map(name -> '`' + name + '`')
        .collect(Collectors.joining(", "));
  }
}
