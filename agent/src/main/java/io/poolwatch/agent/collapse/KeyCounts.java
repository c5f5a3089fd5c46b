package io.poolwatch.agent.collapse;

import io.poolwatch.book.Tally;

/**
 * What keys a pool was asked for, in one tick or in several, each of which is as long as the window
 * over which the ledger counts them. Immutable.
 */
final class KeyCounts {
  static final KeyCounts NONE = new KeyCounts(0, 0, 0, 0);

  private final int ticks;
  private final long asked;
  private final long idleElsewhere;
  private final long opened;

  private KeyCounts(int ticks, long asked, long idleElsewhere, long opened) {
    this.ticks = ticks;
    this.asked = asked;
    this.idleElsewhere = idleElsewhere;
    this.opened = opened;
  }

  static KeyCounts of(Tally tally) {
    return tally.hasKeys()
        ? new KeyCounts(1, tally.keysAsked(), tally.idleElsewhere(), tally.keysOpened())
        : NONE;
  }

  /** The tick between an earlier reading and this one. */
  KeyCounts since(KeyCounts earlier) {
    return new KeyCounts(ticks, asked, idleElsewhere, Math.max(0, opened - earlier.opened));
  }

  /** Both, of which the other one is the earlier. */
  KeyCounts plus(KeyCounts earlier) {
    return new KeyCounts(
        ticks + earlier.ticks,
        asked + earlier.asked,
        ticks == 0 ? earlier.idleElsewhere : idleElsewhere,
        opened + earlier.opened);
  }

  boolean isKnown() {
    return ticks > 0;
  }

  /** Different keys in a tick, on average. */
  double asked() {
    return (double) asked / Math.max(1, ticks);
  }

  /** Idle objects under keys that nobody asks for, in the latest tick. */
  long idleElsewhere() {
    return idleElsewhere;
  }

  /** How often the pool began to keep objects under a key, in a tick, on average. */
  double opened() {
    return (double) opened / Math.max(1, ticks);
  }
}
