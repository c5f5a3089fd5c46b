package io.poolwatch.agent.state;

import java.io.File;
import org.jspecify.annotations.Nullable;

/** Which process this is. Nothing of its command line but the name of what was started. */
public final class ServiceFacts {
  private final String name;
  private final long pid;
  private final String jvm;
  private final long startedNanos;

  private ServiceFacts(String name, long pid, String jvm, long startedNanos) {
    this.name = name;
    this.pid = pid;
    this.jvm = jvm;
    this.startedNanos = startedNanos;
  }

  /**
   * This process, as far as the agent has watched it.
   *
   * @param serviceName the name that telemetry bears, or null
   */
  public static ServiceFacts ofProcess(@Nullable String serviceName) {
    return new ServiceFacts(
        serviceName == null || serviceName.isBlank() ? nameOfMain() : serviceName,
        ProcessHandle.current().pid(),
        System.getProperty("java.vm.name", "a JVM")
            + " "
            + System.getProperty("java.runtime.version", ""),
        System.nanoTime());
  }

  /** The main class or the jar, without what follows it. */
  private static String nameOfMain() {
    String command = System.getProperty("sun.java.command", "").strip();
    int end = command.indexOf(' ');
    String first = end < 0 ? command : command.substring(0, end);
    String name = new File(first).getName();
    return name.isEmpty() ? "a service" : name;
  }

  /** The service's name. */
  public String name() {
    return name;
  }

  /** The process id. */
  public long pid() {
    return pid;
  }

  /** The JVM's name and version. */
  public String jvm() {
    return jvm;
  }

  /** Since when pools are watched, by {@link System#nanoTime}. */
  public long startedNanos() {
    return startedNanos;
  }
}
