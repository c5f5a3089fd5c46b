package io.poolwatch.agent.live;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a JVM's files begin: with its process number and the namespace of it, since containers that
 * share a folder number their processes alike. Immutable.
 */
public final class LiveName {
  private static final Pattern FORM = Pattern.compile("(\\d{1,18})\\.(\\d{1,18})");

  private final long pid;
  private final long namespace;

  /**
   * A name.
   *
   * @param namespace that of the process; 0 where the system has none
   */
  public LiveName(long pid, long namespace) {
    this.pid = pid;
    this.namespace = namespace;
  }

  /** That of this process. */
  public static LiveName own() {
    return new LiveName(ProcessHandle.current().pid(), Processes.namespace("self"));
  }

  /** What is written so; null if it is no name. */
  public static @Nullable LiveName parse(String text) {
    Matcher parts = FORM.matcher(text);
    return parts.matches()
        ? new LiveName(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)))
        : null;
  }

  /** The process number, as the process itself knows it. */
  public long pid() {
    return pid;
  }

  /** Where that number is valid. */
  public long namespace() {
    return namespace;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LiveName
        && ((LiveName) other).pid == pid
        && ((LiveName) other).namespace == namespace;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(pid * 31 + namespace);
  }

  @Override
  public String toString() {
    return pid + "." + namespace;
  }
}
