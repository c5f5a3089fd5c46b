package io.poolwatch.collapse;

/** That a collapse began, or ended, and the figures behind it. Immutable. */
public final class CollapseChange {
  /** What happened. */
  public enum Kind {
    /** The miss ratio rose within minutes. */
    FELL,

    /** The miss ratio rose over hours. */
    DECAYED,

    /** The miss ratio is as it was before. */
    RECOVERED,

    /** It has been so for a day, and is what is usual from now on. */
    ACCEPTED
  }

  private final Kind kind;
  private final double before;
  private final double now;
  private final int ticks;

  CollapseChange(Kind kind, double before, double now, int ticks) {
    this.kind = kind;
    this.before = before;
    this.now = now;
    this.ticks = ticks;
  }

  /** What happened. */
  public Kind kind() {
    return kind;
  }

  /** The usual miss ratio, from 0 to 1. */
  public double before() {
    return before;
  }

  /** The miss ratio since the change, from 0 to 1. */
  public double now() {
    return now;
  }

  /** For how many ticks it has been so. */
  public int ticks() {
    return ticks;
  }
}
