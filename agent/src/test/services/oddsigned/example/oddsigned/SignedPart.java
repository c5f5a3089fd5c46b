package example.oddsigned;

import java.io.Serializable;

/** A part in a signed jar. */
public class SignedPart implements Serializable {
  private int count;

  /** A use. */
  public int work(int by) {
    return count += by;
  }
}
