package example.poolfindings;

/** Something that has to be closed. */
class Connection implements AutoCloseable {
  @Override
  public void close() {}
}
