package io.poolwatch.book;

/**
 * By whom objects were given back to shares that one thread each borrows from, and whether there
 * was room. Mutable and not thread-safe: a reader fills one, under the ledger's lock.
 *
 * <p>What a rule about the object itself refused, as the Recycler's ratio does, is not counted
 * here.
 */
public final class ReturnPaths {
  private long keptFromOwner;
  private long droppedFromOwner;
  private long keptFromOthers;
  private long droppedFromOthers;

  /** Nothing came back yet. */
  public ReturnPaths() {}

  /** Adds returns by the thread that had borrowed the object. */
  public void byOwner(long kept, long dropped) {
    keptFromOwner += kept;
    droppedFromOwner += dropped;
  }

  /** Adds returns by other threads. */
  public void byOthers(long kept, long dropped) {
    keptFromOthers += kept;
    droppedFromOthers += dropped;
  }

  void add(ReturnPaths more) {
    byOwner(more.keptFromOwner, more.droppedFromOwner);
    byOthers(more.keptFromOthers, more.droppedFromOthers);
  }

  /** Objects that the borrowing thread gave back and the pool kept. */
  public long keptFromOwner() {
    return keptFromOwner;
  }

  /** Objects that the borrowing thread gave back and for which there was no room. */
  public long droppedFromOwner() {
    return droppedFromOwner;
  }

  /** Objects that another thread gave back and the pool kept. */
  public long keptFromOthers() {
    return keptFromOthers;
  }

  /** Objects that another thread gave back and for which there was no room. */
  public long droppedFromOthers() {
    return droppedFromOthers;
  }
}
