package io.poolwatch.agent.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.book.PoolIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PoolNewsTest {
  private static final PoolIdentity POOL =
      new PoolIdentity("requests", "commons_pool2", "com.example.Request");

  private final List<String> known = new ArrayList<>();
  private final List<String> warned = new ArrayList<>();
  private final List<AgentEvent> events = new ArrayList<>();
  private final Notices notices =
      new Notices() {
        @Override
        public void info(String line) {
          known.add(line);
        }

        @Override
        public void warn(String line) {
          warned.add(line);
        }
      };

  private PoolNews news(boolean warns) {
    return new PoolNews("poolwatch.verdict", warns, 2, notices, events::add);
  }

  @Test
  void eachIsToldInTheLogAndAsAnEventOfThePool() {
    news(false).tell(POOL, "verdict keep", "it pays", Map.of("poolwatch.verdict", "keep"));

    assertThat(known)
        .containsExactly(
            "verdict keep in pool requests (commons_pool2), objects of com.example.Request: it"
                + " pays");
    assertThat(events).hasSize(1);
    assertThat(events.get(0).body()).isEqualTo(known.get(0));
    assertThat(events.get(0).isWarning()).isFalse();
    assertThat(events.get(0).attributes())
        .containsEntry("poolwatch.pool.name", "requests")
        .containsEntry("poolwatch.pool.object.type", "com.example.Request")
        .containsEntry("poolwatch.verdict", "keep");
  }

  @Test
  void whatIsToBeWarnedOfIs() {
    news(true).tell(POOL, "finding leak", "they vanish", Map.of());

    assertThat(known).isEmpty();
    assertThat(warned).hasSize(1);
    assertThat(events.get(0).isWarning()).isTrue();
  }

  @Test
  void noMoreAreToldThanTheBound() {
    PoolNews news = news(false);

    assertThat(news.tell(POOL, "verdict keep", "it pays", Map.of())).isTrue();
    assertThat(news.tell(POOL, "verdict drop", "it does not", Map.of())).isTrue();
    assertThat(news.tell(POOL, "verdict keep", "it pays", Map.of())).isFalse();

    assertThat(known).hasSize(2);
    assertThat(events).hasSize(2);
  }

  @Test
  void nothingIsSaidOfNoPoolsAtAll() {
    news(false).tellAll("verdicts by pool:", List.of());
    assertThat(known).isEmpty();
  }
}
