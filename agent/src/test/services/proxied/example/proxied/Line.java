package example.proxied;

/** What is lent: always a proxy of it. */
public interface Line extends AutoCloseable {
  int send(String word);

  boolean isOpen();

  @Override
  void close();
}
