package io.poolwatch.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolwatch.agent.cli.Request.Command;
import org.junit.jupiter.api.Test;

class RequestTest {
  private static void refused(String says, String... words) {
    assertThatThrownBy(() -> Request.of(words))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(says)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void commandsAndOptionsInAnyOrder() throws Refusal {
    Request request = Request.of("top", "--json", "4711", "--interval", "10s", "--once");
    assertThat(request.command()).isEqualTo(Command.TOP);
    assertThat(request.operand(0)).isEqualTo("4711");
    assertThat(request.intervalMillis()).isEqualTo(10_000);
    assertThat(request.once()).isTrue();
    assertThat(request.json()).isTrue();
    assertThat(Request.of("list", "--directory", "/x").directory()).isEqualTo("/x");
    assertThat(Request.of("report", "1", "f").operand(1)).isEqualTo("f");
    assertThat(Request.of().command()).isEqualTo(Command.HELP);
    assertThat(Request.of("--help").command()).isEqualTo(Command.HELP);
  }

  @Test
  void unknownWordsAreNamedWithTheNearest() {
    refused("perhaps top", "tpo", "1");
    refused("perhaps --once", "top", "1", "--onec");
    refused("There are list, top, report, help", "frobnicate");
    refused("\\u001b", "\u001b[2J\n");
  }

  @Test
  void missingAndSuperfluousArgumentsAreNamedWithAnExample() {
    refused("top 4711", "top");
    refused("top 4711", "top", "1", "2");
    refused("report 4711 pools.html", "report", "1");
    refused("no argument", "list", "x");
    refused("needs a value", "top", "1", "--interval");
    refused("--json goes with", "top", "1", "--json");
  }

  @Test
  void intervalIsATimeWithItsUnit() {
    refused("from 1s to 1h", "top", "1", "--interval", "0s");
    refused("from 1s to 1h", "top", "1", "--interval", "soon");
    refused("from 1s to 1h", "top", "1", "--interval", "2h");
  }
}
