package example.staleuse;

/** What all clients have in common: a superclass that is guarded too. */
abstract class Base {
  private int pings;

  final int ping() {
    return ++pings;
  }
}
