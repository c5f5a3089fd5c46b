package example.oddclasses;

import java.io.Serializable;

/** The test makes {@code work} nearly as long as a method can be. */
class HugePart implements Serializable {
  private int count;

  int work(int by) {
    return count += by;
  }

  int little(int by) {
    return count += by;
  }
}
