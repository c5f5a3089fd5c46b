package io.poolwatch.agent.finding;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.agent.export.AgentEvent;
import io.poolwatch.agent.export.Notices;
import io.poolwatch.book.Ledger;
import io.poolwatch.book.PoolIdentity;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingsTest {
  private static final long SECOND = 1_000_000_000L;

  private final List<String> lines = new ArrayList<>();
  private final List<AgentEvent> events = new ArrayList<>();
  private final Notices notices =
      new Notices() {
        @Override
        public void info(String line) {
          throw new AssertionError(line);
        }

        @Override
        public void warn(String line) {
          lines.add(line);
        }
      };

  private Findings findings(long afterMillis, String... pools) {
    Rule rule =
        (ledger, now, found) -> {
          for (String pool : pools) {
            found.accept(
                new Finding(
                    Finding.Kind.DIRTY_RETURN,
                    new PoolIdentity(pool, "commons_pool2", "com.example.Request"),
                    "at look " + now,
                    "reset them",
                    null));
          }
        };
    return new Findings(
        new Ledger((system, facts) -> null, 10), notices, events::add, afterMillis, List.of(rule));
  }

  @Test
  void eachPoolIsToldOnceAndOnceMoreAtTheEnd() {
    Findings findings = findings(1_000, "requests", "answers");
    long start = System.nanoTime();
    for (int look = 1; look <= 3; look++) {
      findings.tick(start + look * SECOND);
    }
    findings.close();

    assertThat(lines).hasSize(3);
    assertThat(lines.get(0))
        .startsWith(
            "finding dirty_return in pool requests (commons_pool2), objects of"
                + " com.example.Request: objects are given back without having been reset")
        .contains("  seen: at look " + (start + SECOND))
        .contains("  way out: reset them");
    assertThat(lines.get(2))
        .startsWith("findings by pool:")
        .contains("  requests  dirty_return: ")
        .contains("  answers  dirty_return: ");
    assertThat(events).hasSize(2);
    assertThat(events.get(0).name()).isEqualTo("poolwatch.finding");
    assertThat(events.get(0).attributes())
        .containsEntry("poolwatch.finding", "dirty_return")
        .containsEntry("poolwatch.pool.name", "requests");
  }

  @Test
  void theListIsBounded() {
    String[] pools = new String[1_000];
    for (int i = 0; i < pools.length; i++) {
      pools[i] = "p" + i;
    }
    findings(1_000, pools).tick(System.nanoTime() + SECOND);
    assertThat(lines).hasSize(100);
  }

  @Test
  void zeroTellsNothing() {
    Findings findings = findings(0, "requests");
    findings.tick(System.nanoTime() + SECOND);
    findings.close();
    assertThat(lines).isEmpty();
    assertThat(events).isEmpty();
  }
}
