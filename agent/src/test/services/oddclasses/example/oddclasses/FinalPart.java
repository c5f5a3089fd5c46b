package example.oddclasses;

import java.io.Serializable;

/** Final, with a serial version that the JVM computes from its members. */
final class FinalPart implements Serializable, Worker {
  private int count;

  @Override
  public int work(int by) {
    return count += by;
  }
}
