package io.poolwatch.agent.collapse;

import io.poolwatch.book.MissCause;

/** What each cause of misses means, and what to do about it. */
public final class Remedies {
  private Remedies() {}

  /** What happens, in a clause. */
  public static String meaning(MissCause cause) {
    switch (cause) {
      case COLD:
        return "more objects are in use at a time than before";
      case FRAGMENTED:
        return "idle objects lie under other keys, or with other threads, than they are asked for";
      case CAPACITY:
        return "the pool throws objects away because it may keep no more of them";
      case EVICTED:
        return "the evictor takes idle objects away before they are needed again";
      case INVALID:
        return "objects fail their validation, or are invalidated";
      case ABANDONED:
        return "objects are taken from borrowers that hold them for too long";
      case CLEARED:
        return "the pool was emptied, by clear or by the garbage collector";
      case OWNER_GONE:
        return "threads end, and what they kept goes with them";
      case NOT_ADMITTED:
        return "the pool keeps only a share of the new objects";
      case DISABLED:
        return "the pool is switched off for the threads that use it";
      case QUARANTINE:
        return "poolwatch keeps objects back";
      case EXPERIMENT:
        return "poolwatch's experiment serves borrows without the pool";
      case OTHER:
        return "no single cause is certain";
    }
    throw new AssertionError(cause);
  }

  /** The way out, in a sentence. */
  public static String wayOut(MissCause cause) {
    switch (cause) {
      case COLD:
        return "if it stays so, let the pool keep more objects; else look for what holds them longer than"
            + " before (poolwatch.loan.duration)";
      case FRAGMENTED:
        return "look at what the keys are made of: parts that differ from call to call, or from node to"
            + " node, multiply them";
      case CAPACITY:
        return "raise the number of idle objects that the pool may keep (maxIdle, maxTotal,"
            + " io.netty.recycler.maxCapacityPerThread)";
      case EVICTED:
        return "let objects be idle for longer (minEvictableIdleDuration), or keep some (minIdle)";
      case INVALID:
        return "look at what the objects stand for: the other side of connections, the validation"
            + " itself";
      case ABANDONED:
        return "find who does not give back: see the reports of overdue loans";
      case CLEARED:
        return "find who calls clear; if it is the collector, give it more memory, or hold what must"
            + " stay in a pool that the collector does not empty";
      case OWNER_GONE:
        return "borrow on threads that live on, not on one for each task";
      case NOT_ADMITTED:
        return "nothing, if it only just started; io.netty.recycler.ratio=0 admits all";
      case DISABLED:
        return "Netty pools on platform threads that clean up their fast thread locals, not on virtual"
            + " ones: use such threads, or do without the pool";
      case QUARANTINE:
        return "quarantine=0 switches that off";
      case EXPERIMENT:
        return "it ends by itself; without experiment=… there is none";
      case OTHER:
        return "compare poolwatch.object.removed before and after";
    }
    throw new AssertionError(cause);
  }
}
