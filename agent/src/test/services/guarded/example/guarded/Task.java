package example.guarded;

/** What a part can do. */
interface Task<T> {
  void accept(T word);

  int doNow();

  default int doLater() {
    return doNow();
  }
}
