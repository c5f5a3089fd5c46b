package io.poolwatch.agent.log;

import org.jspecify.annotations.Nullable;

/**
 * What the configuration says about the agent's log. Set once, before the first line is written.
 */
public final class LogSettings {
  private static volatile String level = "info";
  private static volatile @Nullable String file;

  private LogSettings() {}

  /**
   * Sets level and file.
   *
   * @param newLevel a level's name in lower case: debug, info, warn, error or off
   * @param newFile path of a file to write to instead of standard error, or null
   */
  public static void set(String newLevel, @Nullable String newFile) {
    level = newLevel;
    file = newFile;
  }

  /** Whether debug lines are wanted: if not, they do not even start the agent's thread. */
  static boolean isDebug() {
    return level.equals("debug");
  }

  static String level() {
    return level;
  }

  static @Nullable String file() {
    return file;
  }
}
