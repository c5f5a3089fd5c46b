package example.oddclasses;

/** An enum whose constant has a class of its own. */
enum EnumPart {
  ONE {
    @Override
    int work(int by) {
      return 1 + by;
    }
  };

  abstract int work(int by);
}
