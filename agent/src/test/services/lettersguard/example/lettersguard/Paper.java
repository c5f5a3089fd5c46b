package example.lettersguard;

/** A superclass that knows nothing of pools. */
abstract class Paper {
  int words;

  final void write(int more) {
    words += more;
  }

  /** Some subclass gives itself back by this. */
  final void done() {
    giveBack();
  }

  abstract void giveBack();
}
