package io.poolwatch.agent.finding;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.book.PoolFacts;
import io.poolwatch.book.PoolIdentity;
import io.poolwatch.book.PoolTurnover;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolPerRequestTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long AFTER = 60 * SECOND;
  private static final PoolIdentity CLIENTS = new PoolIdentity("clients", "commons_pool2", null);

  private final PoolPerRequest rule = new PoolPerRequest(AFTER);
  private final PoolFacts facts = new PoolFacts("com.example.Pool");
  private final List<Finding> found = new ArrayList<>();

  /** Looks every ten seconds for so many seconds, with so many of each kind a second. */
  private void lookFor(int seconds, int opened, int ended, int few, int old, int oldWithFew) {
    for (int s = 0; s <= seconds; s += 10) {
      look(s, s * opened, s * ended, s * few, old, oldWithFew);
    }
  }

  private void look(long second, long opened, long ended, long few, long old, long oldWithFew) {
    rule.look(
        List.of(new PoolTurnover(CLIENTS, facts, opened, ended, few, old, oldWithFew)),
        second * SECOND,
        found::add);
  }

  @Test
  void poolsThatComeToNothingAreTold() {
    lookFor(60, 10, 9, 9, 0, 0);
    assertThat(found).hasSize(1);
    assertThat(found.get(0).kind()).isEqualTo(Finding.Kind.POOL_PER_REQUEST);
    assertThat(found.get(0).evidence())
        .startsWith("600 pools of com.example.Pool were made in the last 60 s, 10.0 a second; ")
        .endsWith("540 of the 540 that became garbage in that time had lent two objects at most");
  }

  @Test
  void forgottenPoolsAreTold() {
    lookFor(60, 100, 0, 0, 500, 500);
    assertThat(found).hasSize(1);
    assertThat(found.get(0).evidence()).contains("500 exist");
  }

  @Test
  void nothingIsToldBeforeItsTime() {
    lookFor(50, 10, 9, 9, 0, 0);
    assertThat(found).isEmpty();
  }

  @Test
  void poolsThatLendMoreAreNone() {
    lookFor(60, 10, 9, 8, 0, 0);
    assertThat(found).isEmpty();
  }

  @Test
  void fewPoolsASecondAreNone() {
    lookFor(60, 1, 1, 1, 0, 0);
    assertThat(found).isEmpty();
  }

  @Test
  void tooFewEndedAreNone() {
    look(0, 0, 0, 0, 0, 0);
    for (int s = 10; s <= 60; s += 10) {
      look(s, s * 10, 49, 49, 499, 499);
    }
    assertThat(found).isEmpty();
  }

  @Test
  void poolsOfTenantsAreNone() {
    // Two of a hundred were used again.
    lookFor(60, 100, 0, 0, 1_000, 980);
    assertThat(found).isEmpty();
  }

  @Test
  void aPauseBeginsAnew() {
    for (int s = 0; s <= 100; s += 10) {
      // None is made from the 40th to the 50th second.
      int made = s < 50 ? Math.min(s, 40) : s - 10;
      look(s, made * 10, made * 10, made * 10, 0, 0);
    }
    assertThat(found).isEmpty();
  }

  @Test
  void poolsThatALibraryMakesAreNone() {
    facts.factory(new io.poolwatch.agent.finding.dbcp2.PoolingConnection());
    lookFor(60, 10, 9, 9, 0, 0);
    assertThat(found).isEmpty();
  }
}
