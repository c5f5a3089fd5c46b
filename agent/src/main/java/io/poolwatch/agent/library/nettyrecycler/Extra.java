package io.poolwatch.agent.library.nettyrecycler;

/** What is woven into Recyclers only if it is asked for, since it costs each get and recycle. */
public enum Extra {
  /** The content of returned objects is compared with what it is at the next get. */
  FINGERPRINTS,

  /** Returned objects are looked at for what was not reset. */
  RESETS,

  /** Some returned objects are kept out of circulation. */
  QUARANTINE,

  /** Gets can be served without the pool for a while. */
  EXPERIMENT
}
