package example.guarded;

import java.io.Closeable;

/** What is pooled. It has no serialVersionUID, so the JVM computes one from its members. */
final class Part extends BasePart implements Closeable {
  private boolean closed;
  private transient Part next;

  /** A use. */
  public synchronized int use(int much) {
    used += much;
    return nested();
  }

  /** A use, also when another one calls it: but then the first one is told, not both. */
  int nested() {
    return used;
  }

  /** A use through a bridge. */
  @Override
  public void accept(String word) {
    used += word.length();
  }

  /** A use, of a nested class's making. */
  Runnable later() {
    return () -> used++;
  }

  boolean isOpen() {
    return !closed;
  }

  boolean wasUsed() {
    return used > 0 && next == null;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      nested();
    }
  }

  void open() {
    closed = false;
  }

  @Override
  public String toString() {
    return "part of " + nested();
  }

  /** Old releases of the library ask for it; the agent must not. */
  @Override
  public int hashCode() {
    refuseAgent();
    return System.identityHashCode(this);
  }

  @Override
  public boolean equals(Object other) {
    refuseAgent();
    return this == other;
  }

  private static void refuseAgent() {
    if (new Throwable().getStackTrace()[2].getClassName().contains("poolwatch")) {
      throw new AssertionError("the agent asked");
    }
  }
}
