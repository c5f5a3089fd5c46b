package example.poolfindings;

/** Memory alone, with a close to give itself back with. */
final class Page implements AutoCloseable {
  final byte[] bytes = new byte[64];

  @Override
  public void close() {}
}
