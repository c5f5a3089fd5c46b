package io.poolwatch.agent.worth;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.book.PoolIdentity;
import org.junit.jupiter.api.Test;

class StandingTest {
  private static final long SPAN = 100;
  private static final Verdict KEEP = verdict(Verdict.Kind.KEEP);
  private static final Verdict DROP = verdict(Verdict.Kind.DROP);
  private static final Verdict UNDECIDED = verdict(Verdict.Kind.UNDECIDED);

  private final Standing standing = new Standing(SPAN);

  private static Verdict verdict(Verdict.Kind kind) {
    return new Verdict(
        kind, new PoolIdentity("Judged", "judged", null), Verdict.NO_SIZE, "because", "in figures");
  }

  @Test
  void firstVerdictIsToldOnceItWasJudgedTwiceInARow() {
    assertThat(standing.takes(KEEP, 0)).isFalse();
    assertThat(standing.takes(DROP, 20)).isFalse();
    assertThat(standing.takes(DROP, 40)).isTrue();
    assertThat(standing.takes(DROP, 60)).isFalse();
  }

  @Test
  void thatNothingIsDecidedIsToldAfterTwoSpans() {
    assertThat(standing.takes(UNDECIDED, 0)).isFalse();
    assertThat(standing.takes(UNDECIDED, 199)).isFalse();
    assertThat(standing.takes(UNDECIDED, 200)).isTrue();
  }

  @Test
  void otherVerdictIsToldOnceTheLastOneStoodForASpan() {
    standing.takes(KEEP, 0);
    assertThat(standing.takes(KEEP, 20)).isTrue();

    assertThat(standing.takes(DROP, 40)).isFalse();
    assertThat(standing.takes(DROP, 119)).isFalse();
    assertThat(standing.takes(DROP, 120)).isTrue();
  }

  @Test
  void otherVerdictThatPassesIsNotTold() {
    standing.takes(KEEP, 0);
    standing.takes(KEEP, 20);

    assertThat(standing.takes(DROP, 200)).isFalse();
    assertThat(standing.takes(KEEP, 220)).isFalse();
    assertThat(standing.latest()).isSameAs(KEEP);
  }

  @Test
  void whatStandsByAnExperimentIsNotToldAgain() {
    standing.stands(DROP, 0);

    assertThat(standing.latest()).isSameAs(DROP);
    assertThat(standing.takes(DROP, 200)).isFalse();
  }
}
