package io.poolwatch.agent.library.commonspool2;

import io.poolwatch.agent.weave.Arg;

/** How code woven into a pool finds what poolwatch keeps of it, of its objects and of its keys. */
interface Lookup {
  /** The pool's book. */
  Arg book();

  /** The life of an object that the pool has. */
  Arg life(Arg pooled);

  /** The life of an object that its factory just made. */
  Arg newLife(Arg pooled);

  /** The life of a record, or null of what may be none. */
  Arg lifeIfAny(Arg pooled);

  /** The object of a record, or null if it cannot be reached. */
  Arg object(Arg pooled);

  /** The library's word for the state of a record, or null as above. */
  Arg state(Arg pooled);

  /** What is kept of a key. */
  Arg keyShare(Arg keyRecord);

  /**
   * Whether the class was loaded already: then nothing hangs on the objects themselves, and the
   * hooks for that are left out.
   */
  boolean isLate();
}
