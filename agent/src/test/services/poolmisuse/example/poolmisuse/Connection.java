package example.poolmisuse;

/** What is pooled. Some releases call its {@code equals} and {@code hashCode} themselves. */
final class Connection {
  @Override
  public String toString() {
    throw new AssertionError("toString");
  }
}
