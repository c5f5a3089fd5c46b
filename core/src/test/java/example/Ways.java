package example;

/** Code of a service: of which a stack shows frames, as it does not of our own rooms. */
public final class Ways {
  private Ways() {}

  /** Runs something with a stack that each number below two to the depth has for itself. */
  public static void take(int way, int depth, Runnable last) {
    if (depth == 0) {
      last.run();
    } else if ((way & 1) == 0) {
      take(way >> 1, depth - 1, last);
    } else {
      takeOther(way >> 1, depth - 1, last);
    }
  }

  private static void takeOther(int way, int depth, Runnable last) {
    if (depth == 0) {
      last.run();
    } else if ((way & 1) == 0) {
      take(way >> 1, depth - 1, last);
    } else {
      takeOther(way >> 1, depth - 1, last);
    }
  }
}
