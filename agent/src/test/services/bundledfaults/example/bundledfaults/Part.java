package example.bundledfaults;

/** What is pooled. */
final class Part {
  private int uses;

  void use() {
    uses++;
  }

  boolean isOpen() {
    return uses >= 0;
  }

  void clear() {
    uses = 0;
  }
}
