package example.oddclasses;

import java.io.Serializable;

/** With a serial version of its own. */
class VersionedPart implements Serializable {
  private static final long serialVersionUID = 42;

  volatile int count;

  int work(int by) {
    return count += by;
  }
}
