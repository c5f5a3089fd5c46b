package io.poolwatch.agent.cli;

import io.poolwatch.agent.cli.AttachApi.Attached;
import io.poolwatch.agent.cli.AttachApi.Failure;
import io.poolwatch.agent.live.LiveFolder;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Starts the agent in a JVM that runs without it. What can be known to fail is refused before the
 * JVM is touched: the attempt alone ends a process that is no JVM, and has one that does not listen
 * print all its threads.
 */
final class LateStart {
  /** Nothing is logged but failures, nothing exported, no class of the service's own woven. */
  private static final String SETTINGS =
      "log.level=error,telemetry=false,guard=false,fingerprint=0";

  private static final long ANSWER_MILLIS = 20_000;

  /** A service that was just started has its first pool soon. */
  private static final long START_MILLIS = 5_000;

  private static final long POLL_MILLIS = 50;

  private final Target target;
  private final @Nullable String directory;
  private final PrintStream err;
  private boolean attached;

  LateStart(Target target, @Nullable String directory, PrintStream err) {
    this.target = target;
    this.directory = directory;
    this.err = err;
  }

  /** Whether the agent is there because of this. */
  boolean hasAttached() {
    return attached;
  }

  /** Starts it if it is not there, and waits until it answers. */
  LiveFolder run() throws Refusal, IOException, InterruptedException {
    long pid = target.pid();
    if (!target.isSeen()) {
      throw new Refusal(
          target.typed() + " has ended, or runs where it cannot be attached to from here");
    }
    AttachApi api = AttachApi.find();
    if (api == null) {
      throw new Refusal(
          pid
              + " runs without poolwatch, and this run-time cannot attach to it: it has no module"
              + " jdk.attach. Use a JDK's java, or start the service with -javaagent:poolwatch.jar");
    }
    refuseWhatIsNoJvm(api, pid);
    String known = argumentsOf(pid);
    if (hasAgent(known)) {
      return firstPool(pid);
    }
    refuseWhatDoesNotListen(pid, known);
    if (!Jvms.survivesAttaching(pid, target.name().pid())) {
      throw new Refusal(pid + " has just begun and cannot be attached to yet; try again");
    }
    Path jar = ownJar();
    refuseUnseenJar(pid, jar);
    try (Attached jvm = api.attach(pid)) {
      if (hasAgent(jvm.arguments())) {
        return firstPool(pid);
      }
      err.println(
          "poolwatch: "
              + pid
              + " runs without poolwatch, which is attached to it now, once. The JVM says so in the"
              + " service's log from Java 21 on.");
      attached = true;
      jvm.load(
          jar.toString(),
          directory == null
              ? SETTINGS
              : SETTINGS + ",live.directory=" + Path.of(directory).toAbsolutePath());
    } catch (Failure failed) {
      throw new Refusal(explained(pid, String.valueOf(failed.getMessage()), jar));
    }
    LiveFolder found = answering(ANSWER_MILLIS);
    if (found == null) {
      throw new Refusal(
          pid
              + " was attached to and does not answer; start it with -javaagent:poolwatch.jar, and"
              + " with log.level=debug its log says why");
    }
    return found;
  }

  /** Waits for the answers of an agent that was there from the start. */
  private LiveFolder firstPool(long pid) throws Refusal, IOException, InterruptedException {
    LiveFolder found = answering(START_MILLIS);
    if (found == null) {
      throw new Refusal(
          pid
              + " runs with poolwatch, which does not answer: it has seen no pool yet, or it was"
              + " told not to (live=false), or to do it elsewhere (live.directory; name it by"
              + " --directory)");
    }
    return found;
  }

  private @Nullable LiveFolder answering(long millis) throws IOException, InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000L;
    LiveFolder found = target.answering();
    while (found == null && target.runs() && System.nanoTime() < end) {
      Thread.sleep(POLL_MILLIS);
      found = target.answering();
    }
    return found;
  }

  private static void refuseWhatIsNoJvm(AttachApi api, long pid) throws Refusal {
    if (!Jvms.isOne(api, pid)) {
      throw new Refusal(pid + " is no JVM; java -jar poolwatch.jar list shows them");
    }
  }

  private static void refuseWhatDoesNotListen(long pid, String arguments) throws Refusal {
    if (arguments.contains("-XX:+DisableAttachMechanism")) {
      throw new Refusal(deaf(pid));
    }
  }

  private static String deaf(long pid) {
    return pid
        + " cannot be attached to (-XX:+DisableAttachMechanism); start it with"
        + " -javaagent:poolwatch.jar";
  }

  private static String argumentsOf(long pid) {
    StringBuilder all = new StringBuilder();
    for (String file : new String[] {"cmdline", "environ"}) {
      try {
        byte[] text = Files.readAllBytes(Path.of("/proc", String.valueOf(pid), file));
        all.append(new String(text, StandardCharsets.ISO_8859_1)).append('\0');
      } catch (IOException notKnown) {
        continue;
      }
    }
    return all.toString();
  }

  private static boolean hasAgent(String arguments) {
    for (String each : arguments.split("[\\s\0]+", -1)) {
      if (each.contains("-javaagent:") && each.contains("poolwatch")) {
        return true;
      }
    }
    return false;
  }

  private static Path ownJar() throws Refusal {
    try {
      return new File(LateStart.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toPath()
          .toAbsolutePath();
    } catch (URISyntaxException impossible) {
      throw new Refusal("where poolwatch.jar lies is not known");
    }
  }

  /** A process in a container, or in a root folder of its own, sees other files. */
  private static void refuseUnseenJar(long pid, Path jar) throws Refusal {
    Path root = Path.of("/proc", String.valueOf(pid), "root");
    if (!Files.isReadable(root)) {
      return;
    }
    Path there = root.resolve(jar.getRoot().relativize(jar));
    if (!Files.isRegularFile(there)) {
      throw new Refusal(unseen(pid, jar));
    }
  }

  private static String unseen(long pid, Path jar) {
    return pid
        + " does not see "
        + jar
        + ", as in a container; copy it to a path that both see, or to /proc/"
        + pid
        + "/root"
        + jar
        + ", and try again";
  }

  private static String explained(long pid, String said, Path jar) {
    if (said.contains("Dynamic agent loading is not enabled") || said.contains("EnableDynamic")) {
      return pid
          + " lets no agent in while it runs (-XX:-EnableDynamicAgentLoading); start it with"
          + " -javaagent:poolwatch.jar";
    }
    if (said.contains("does not support the attach") || said.contains("not loaded")) {
      return deaf(pid);
    }
    if (said.contains("JAR not found") || said.contains("Agent JAR")) {
      return unseen(pid, jar);
    }
    if (said.contains("No such process")) {
      return pid + " has ended";
    }
    if (said.contains("not permitted") || said.contains("ermission")) {
      return pid + " may not be attached to from here: " + Plain.line(said);
    }
    return pid
        + " could not be attached to: "
        + Plain.line(said)
        + "; start it with -javaagent:poolwatch.jar";
  }
}
