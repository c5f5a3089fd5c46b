package io.poolwatch.agent.library.commonspool2.laws;

import io.poolwatch.guard.Guard;

/** What is pooled. From 2.4 on nothing may ask it for equality or text. */
class Toy {
  /** A use, as the guard weaves it. */
  final void play() {
    Guard.use(this);
  }

  /** A toy whose methods must never be called by a pool, nor by what watches it. */
  static final class Untouchable extends Toy {
    @Override
    public boolean equals(Object other) {
      throw new IllegalStateException("equals was called");
    }

    @Override
    public int hashCode() {
      throw new IllegalStateException("hashCode was called");
    }

    @Override
    public String toString() {
      throw new IllegalStateException("toString was called");
    }
  }
}
