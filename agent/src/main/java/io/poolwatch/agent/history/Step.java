package io.poolwatch.agent.history;

/** How long one slot of a ring is, and how many the ring has. */
enum Step {
  TWO_SECONDS(2, 90),
  TEN_SECONDS(10, 90),
  MINUTE(60, 120),
  TEN_MINUTES(600, 144),
  TWO_HOURS(7_200, 84);

  /** Slots of all rings of one series: what a series takes is four bytes for each. */
  static final int SLOTS;

  static {
    int slots = 0;
    for (Step step : values()) {
      slots += step.slots;
    }
    SLOTS = slots;
  }

  private final int seconds;
  private final int slots;

  Step(int seconds, int slots) {
    this.seconds = seconds;
    this.slots = slots;
  }

  int seconds() {
    return seconds;
  }

  int slots() {
    return slots;
  }

  /** How far back the ring reaches. */
  long spanSeconds() {
    return (long) seconds * slots;
  }

  /** Where the ring begins in an array of all rings. */
  int offset() {
    int offset = 0;
    for (Step step : values()) {
      if (step == this) {
        return offset;
      }
      offset += step.slots;
    }
    throw new AssertionError(this);
  }
}
