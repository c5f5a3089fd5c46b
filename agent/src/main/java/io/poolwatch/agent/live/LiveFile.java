package io.poolwatch.agent.live;

/** What files there are of a JVM. */
public enum LiveFile {
  /** Says that the agent is there, and of what version. Written by the agent. */
  AGENT,
  /** Written again by who wants to see the state; as long as that goes on it is renewed. */
  ASK,
  /** The state, as JSON. Written by the agent. */
  STATE,
  /** Names the format in which a report is wanted; taken away by the agent. */
  REPORT_ASK,
  /** The report. Written by the agent, taken away by who asked. */
  REPORT;

  String suffix() {
    switch (this) {
      case AGENT:
        return ".agent";
      case ASK:
        return ".ask";
      case STATE:
        return ".json";
      case REPORT_ASK:
        return ".report-ask";
      default:
        return ".report";
    }
  }
}
