package io.poolwatch.agent.export;

/** Where the exporter says, in single lines, what the user should know. Thread-safe. */
public interface Notices {
  /** Says something that is as it should be. */
  void info(String line);

  /** Says something that the user may want to change. */
  void warn(String line);
}
