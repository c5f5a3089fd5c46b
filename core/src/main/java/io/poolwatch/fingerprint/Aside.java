package io.poolwatch.fingerprint;

import io.poolwatch.book.PoolBook;

/** A pool whose objects are compared no more. Immutable. */
public final class Aside {
  private final PoolBook book;
  private final String objectClass;
  private final long percent;

  Aside(PoolBook book, String objectClass, long percent) {
    this.book = book;
    this.objectClass = objectClass;
    this.percent = percent;
  }

  /** The pool's book. */
  public PoolBook book() {
    return book;
  }

  /** Binary name of the class of the object that was compared last. */
  public String objectClass() {
    return objectClass;
  }

  /** How many of a hundred comparisons found a difference. */
  public long percent() {
    return percent;
  }
}
