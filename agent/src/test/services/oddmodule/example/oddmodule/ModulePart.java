package example.oddmodule;

import java.io.Serializable;

/** A part in a named module. */
public class ModulePart implements Serializable {
  private int count;

  /** A use. */
  public int work(int by) {
    return count += by;
  }
}
