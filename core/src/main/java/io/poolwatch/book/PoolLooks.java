package io.poolwatch.book;

import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Holds the book of an inherited pool against what is seen in the pool itself, look by look: a call
 * that began before the pool was watched may lend an object, take one back or destroy one unseen.
 * Of what the pool says twice in a row while the life stands still, the pool is right.
 *
 * <p>One caller at a time.
 */
public final class PoolLooks {
  private final ObjectBook book;

  /** Lives that said something else than the pool at the last look, and what. */
  private Map<Life, Long> odd = new IdentityHashMap<>();

  private Map<Life, Long> oddNow = new IdentityHashMap<>();

  /** Lives of the objects that were seen in this look. */
  private final Map<Life, Boolean> seen = new IdentityHashMap<>();

  /** For the looks into the pool of a book. */
  public PoolLooks(ObjectBook book) {
    this.book = book;
  }

  /** The pool has an object, and does not say whether it is lent. */
  public void has(Life life) {
    seen.put(life, true);
  }

  /**
   * The pool has an object.
   *
   * @param lent whether it says that it is lent
   */
  public void says(Life life, boolean lent) {
    has(life);
    long word = life.get();
    if (!life.isRemoved()
        && (lent ? LifeWord.isIdle(word) : LifeWord.isLent(word))
        && isOddAgain(life, word)) {
      life.corrected(word, lent);
    }
  }

  /**
   * The look is over.
   *
   * @param complete whether all was seen that the pool has had during the whole look: what was not
   *     seen is there no more then, and is {@linkplain RemovalReason#CLEARED cleared}
   */
  public void over(boolean complete) {
    for (Life life = complete ? book.newest() : null; life != null; life = life.next) {
      long word = life.get();
      if (!life.isRemoved()
          && (LifeWord.isIdle(word) || LifeWord.isLent(word))
          && !seen.containsKey(life)
          && isOddAgain(life, word)) {
        book.removed(life, RemovalReason.CLEARED);
      }
    }
    seen.clear();
    Map<Life, Long> old = odd;
    odd = oddNow;
    old.clear();
    oddNow = old;
  }

  /** Whether a life that differs from the pool did so at the last look, and stood still since. */
  private boolean isOddAgain(Life life, long word) {
    Long before = odd.get(life);
    if (before != null && before == word) {
      return true;
    }
    oddNow.put(life, word);
    return false;
  }
}
