package example.oddclasses;

/** What is recycled. */
public interface Letter {
  /** A use. */
  int work(int by);

  /** Gives itself back. */
  void done();
}
