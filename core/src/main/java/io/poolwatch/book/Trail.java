package io.poolwatch.book;

/**
 * What somebody else wants to remember of one object's life, beside what the book needs. A life
 * holds it and never looks into it; it must not refer to the object, to a class of the service or
 * to its loader.
 */
public abstract class Trail {
  /** For subclasses. */
  protected Trail() {}
}
