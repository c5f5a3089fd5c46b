package io.poolwatch.agent.start;

import io.poolwatch.agent.log.AgentLog;
import io.poolwatch.book.Books;

/** Says once that more objects are lent than are watched for being lost. */
final class TrackingReport {
  private final long bound;
  private boolean said;

  TrackingReport(long bound) {
    this.bound = bound;
  }

  void tick() {
    if (!said && bound > 0 && Books.untracked() > 0) {
      said = true;
      AgentLog.info(
          "track.max: "
              + bound
              + " objects are watched for being lost; of those made beyond, one in sixteen or fewer"
              + " is: the number of leaks is a lower bound from now on");
    }
  }
}
