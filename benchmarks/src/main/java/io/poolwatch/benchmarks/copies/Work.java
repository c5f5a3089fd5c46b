package io.poolwatch.benchmarks.copies;

/** Borrows and returns. Called by the threads that it makes, by several at a time. */
public interface Work {
  /** Does it so many times. */
  void pairs(int many) throws Exception;

  /** A thread of the kind that the library is made for, which was not started. */
  default Thread thread(Runnable task) {
    return new Thread(task);
  }
}
