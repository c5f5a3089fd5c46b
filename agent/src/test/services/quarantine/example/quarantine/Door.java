package example.quarantine;

/** What must be closed. */
final class Door extends Part implements AutoCloseable {
  @Override
  public void close() {}
}
