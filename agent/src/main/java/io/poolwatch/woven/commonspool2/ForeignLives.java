package io.poolwatch.woven.commonspool2;

import io.poolwatch.book.Life;
import io.poolwatch.violation.IdentityMap;
import org.jspecify.annotations.Nullable;

/** Lives of pooled records that could not be given a field. Thread-safe. */
final class ForeignLives {
  private final IdentityMap<Life> lives = new IdentityMap<>();

  Life of(Object pooled) {
    Life life = lives.get(pooled);
    return life == null ? lives.putIfAbsent(pooled, begun()).current() : life.current();
  }

  private static Life begun() {
    Life life = new Life();
    // Who says that such a record lets but one thread have its object?
    life.contested();
    return life;
  }

  /** The life of a record, or null if none was asked for before. */
  @Nullable Life known(Object pooled) {
    Life life = lives.get(pooled);
    return life == null ? null : life.current();
  }

  Life made(Object pooled) {
    return of(pooled).renewed();
  }

  /** How many records are known now. */
  int size() {
    return lives.size();
  }
}
