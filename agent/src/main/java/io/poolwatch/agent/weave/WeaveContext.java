package io.poolwatch.agent.weave;

/** What weaving needs of the agent around it. Called on the service's threads: must be short. */
public interface WeaveContext {
  /** The agent's own loader, whose classes are never woven. */
  ClassLoader agentLoader();

  /** Whether the user excluded a class, by its binary name. */
  boolean isExcluded(String className);

  /** Puts the classes that woven code calls into the boot loader, once; false if that failed. */
  boolean prepareBoot();

  /** A class was woven, in so many nanoseconds. */
  void woven(String library, String className, long nanos);

  /** A class is left alone, because it is not of a known shape; says which member is missing. */
  void refused(String library, String reason);

  /** Weaving failed; the class is loaded as it was. */
  void failed(String library, String className, Throwable failure);
}
