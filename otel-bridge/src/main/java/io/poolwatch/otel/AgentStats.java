package io.poolwatch.otel;

import io.poolwatch.gc.Tenuring;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the agent knows about itself: its work, its failures, its losses. All counts grow from the
 * start of the agent and never fall. Read on an exporter's thread; implementations are thread-safe
 * and do not block.
 */
public interface AgentStats {
  /**
   * The pool systems that the agent can weave, by the value of {@code poolwatch.pool.system}; their
   * counts are reported as 0 from the first export.
   */
  Set<String> systems();

  /** Classes of this system's library that were woven. */
  long classesWoven(String system);

  /** Classes that looked like this system's but lacked a member, and were left alone. */
  long classesRefused(String system);

  /** Failures of the agent's own code in this system's library. */
  long failures(String system, AgentFailure kind);

  /** Time spent weaving, on the threads that loaded the classes, in nanoseconds. */
  long weavingNanos();

  /** Pools reported under the name {@code other}, because there were too many names. */
  long poolsBeyondLimit();

  /** The collections that the agent has followed; null where it cannot, or not yet. */
  @Nullable Tenuring collections();

  /** Exports of metrics that succeeded. */
  long exportsSucceeded();

  /** Exports of metrics that failed. */
  long exportsFailed();
}
