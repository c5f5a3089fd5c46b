package example.oddclasses;

/** What parts do that have no better type. */
public interface Worker {
  /** A use. */
  int work(int by);
}
