package example.oddclasses;

/** Its class file is defined once more, as a hidden class. */
public class HiddenPart implements Worker {
  private int count;

  @Override
  public int work(int by) {
    return count += by;
  }
}
