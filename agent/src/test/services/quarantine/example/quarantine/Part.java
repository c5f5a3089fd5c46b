package example.quarantine;

/** What is pooled. */
class Part {
  private int uses;

  void use() {
    uses++;
  }
}
