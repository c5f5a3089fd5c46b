package io.poolwatch.agent.cli;

import io.poolwatch.agent.live.LiveFile;
import io.poolwatch.agent.live.LiveFolder;
import io.poolwatch.agent.live.LiveName;
import io.poolwatch.agent.live.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JVM that is meant by a number: one of this machine's, or one in a container whose folder is
 * seen here. Immutable.
 */
final class Target {
  /** What a process is called here if it cannot be seen from here. */
  private static final long UNSEEN = -1;

  private final String typed;
  private final long pid;
  private final LiveName name;
  private final List<LiveFolder> folders;

  private Target(String typed, long pid, LiveName name, List<LiveFolder> folders) {
    this.typed = typed;
    this.pid = pid;
    this.name = name;
    this.folders = folders;
  }

  /**
   * Finds it.
   *
   * @param directory where its agent answers, or null for the usual place
   * @throws Refusal if there is no such process, or it is not this user's
   */
  static Target find(String typed, @Nullable String directory) throws Refusal, IOException {
    LiveFolder own =
        new LiveFolder(directory == null ? LiveFolder.usual(Path.of("/")) : Path.of(directory));
    LiveName full = LiveName.parse(typed);
    if (full != null) {
      long here = full.namespace() == Processes.namespace("self") ? full.pid() : UNSEEN;
      return new Target(typed, here, full, List.of(own));
    }
    if (!typed.matches("\\d{1,18}")) {
      throw new Refusal(
          Plain.line(typed) + " is no process number; java -jar poolwatch.jar list shows them");
    }
    long pid = Long.parseLong(typed);
    if (ProcessHandle.of(pid).isEmpty()) {
      return new Target(typed, UNSEEN, elsewhere(pid, own), List.of(own));
    }
    checkUser(pid);
    List<LiveFolder> folders = new ArrayList<>();
    folders.add(own);
    Path root = Path.of("/proc", typed, "root");
    // A container's, or that of a service with a folder for temporary files of its own.
    if (directory == null && Files.isDirectory(root.resolve("tmp"), LinkOption.NOFOLLOW_LINKS)) {
      folders.add(new LiveFolder(LiveFolder.usual(root)));
    }
    return new Target(typed, pid, nameOf(typed, pid), folders);
  }

  private static LiveName nameOf(String typed, long pid) {
    String numbers = Processes.status(typed, "NSpid:");
    long inner = pid;
    if (numbers != null) {
      String[] each = numbers.split("\\s+", -1);
      inner = Long.parseLong(each[each.length - 1]);
    }
    long namespace = Processes.namespace(typed);
    return new LiveName(inner, namespace == 0 ? Processes.namespace("self") : namespace);
  }

  private static void checkUser(long pid) throws Refusal, IOException {
    String said = Processes.status(String.valueOf(pid), "Uid:");
    int own = Processes.ownUser();
    if (said != null && Integer.parseInt(said.split("\\s+", -1)[1]) != own) {
      String user = said.split("\\s+", -1)[1];
      throw new Refusal(
          pid
              + " belongs to user "
              + user
              + " and this is user "
              + own
              + "; only the same user may look in: sudo -u '#"
              + user
              + "' java -jar poolwatch.jar …");
    }
  }

  private static LiveName elsewhere(long pid, LiveFolder folder) throws Refusal, IOException {
    List<LiveName> same = new ArrayList<>();
    for (LiveName each : agents(folder)) {
      if (each.pid() == pid && each.namespace() != Processes.namespace("self")) {
        same.add(each);
      }
    }
    if (same.isEmpty()) {
      throw new Refusal(
          "no process " + pid + "; java -jar poolwatch.jar list shows those there are");
    }
    if (same.size() > 1) {
      throw new Refusal(pid + " is in several containers; say which: " + same);
    }
    return same.get(0);
  }

  /** Those that answer in a folder; none if it is not there. */
  static List<LiveName> agents(LiveFolder folder) throws IOException {
    if (!folder.isThere()) {
      return List.of();
    }
    folder.check();
    return folder.all(LiveFile.AGENT);
  }

  /** As it was asked for. */
  String typed() {
    return typed;
  }

  /** Its number here. */
  long pid() {
    return pid;
  }

  /** Whether it can be seen from here, and not only its files. */
  boolean isSeen() {
    return pid != UNSEEN;
  }

  /** False if it has ended; true if it runs or cannot be seen from here. */
  boolean runs() {
    return !isSeen() || ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  /** Its files. */
  LiveName name() {
    return name;
  }

  /** The folder in which an agent of it answers; null if there is none. */
  @Nullable LiveFolder answering() throws IOException {
    IOException untrusted = null;
    for (LiveFolder folder : folders) {
      try {
        folder.check();
        if (folder.writtenAt(name, LiveFile.AGENT) != 0) {
          return folder;
        }
      } catch (NoSuchFileException notThere) {
        continue;
      } catch (IOException unfit) {
        untrusted = unfit;
      }
    }
    if (untrusted != null) {
      throw untrusted;
    }
    return null;
  }
}
