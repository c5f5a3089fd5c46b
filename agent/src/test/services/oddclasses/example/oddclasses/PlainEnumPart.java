package example.oddclasses;

/** An enum. */
enum PlainEnumPart {
  ONE,
  TWO;

  int work(int by) {
    return ordinal() + by;
  }
}
