package io.poolwatch.agent.library.commonspool2;

import io.poolwatch.agent.weave.Arg;
import org.jspecify.annotations.Nullable;

/** In fields that weaving gave to the library's classes. */
final class FieldLookup implements Lookup {
  private final String owner;
  private final String record;
  private final @Nullable String key;

  /**
   * Of one pool class.
   *
   * @param owner internal name of the class that has the book
   * @param record of the class that has the life
   * @param key of the class that has what is kept of a key; null in pools without keys
   */
  FieldLookup(String owner, String record, @Nullable String key) {
    this.owner = owner;
    this.record = record;
    this.key = key;
  }

  @Override
  public Arg book() {
    return Names.book(owner);
  }

  @Override
  public Arg life(Arg pooled) {
    return Names.life(record, pooled);
  }

  @Override
  public Arg newLife(Arg pooled) {
    return life(pooled);
  }

  @Override
  public Arg lifeIfAny(Arg pooled) {
    return life(pooled);
  }

  @Override
  public Arg object(Arg pooled) {
    return Names.objectOf(record, pooled);
  }

  @Override
  public Arg state(Arg pooled) {
    return Names.stateOf(record, pooled);
  }

  @Override
  public Arg keyShare(Arg keyRecord) {
    if (key == null) {
      throw new IllegalStateException("no keys here");
    }
    return Names.keyShare(key, keyRecord);
  }

  @Override
  public boolean isLate() {
    return false;
  }
}
