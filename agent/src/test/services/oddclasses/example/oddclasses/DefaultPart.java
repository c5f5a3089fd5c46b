package example.oddclasses;

/** Works by the code of its interface. */
public final class DefaultPart implements Chore {
  @Override
  public int begin() {
    return 1;
  }
}
