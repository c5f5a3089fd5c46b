package example.oddclasses;

/** Has code of its own. */
public interface Chore {
  /** A use. */
  default int work(int by) {
    return begin() + by;
  }

  /** Another one, which does not count when the first one calls it. */
  int begin();
}
