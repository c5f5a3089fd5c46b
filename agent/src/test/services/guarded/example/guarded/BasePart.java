package example.guarded;

import java.io.Serializable;

/** What parts have in common. */
abstract class BasePart implements Serializable, Task<String> {
  protected int used;

  /** A use, declared by the superclass. */
  public int touch() {
    return ++used;
  }

  /** A use on whose way there is a default method, which is none. */
  @Override
  public int doNow() {
    return ++used;
  }
}
