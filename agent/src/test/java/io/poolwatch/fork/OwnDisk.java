package io.poolwatch.fork;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A JVM that has a disk of its own, in memory and of some size, in a name space of its own. */
public final class OwnDisk {
  private OwnDisk() {}

  /**
   * What stands for a JDK's home: its {@code java} mounts the disk first. Ends the test where no
   * name space can be had.
   *
   * @param directory where to put it; must be there
   * @param disk where the disk is to be; must be there, and is empty for all others
   */
  public static Path home(Path directory, Path disk, int megabytes)
      throws IOException, InterruptedException {
    assumeTrue(
        new ProcessBuilder("unshare", "-rm", "true").start().waitFor() == 0,
        "no name space of its own can be had");
    Path java = Files.createDirectories(directory.resolve("bin")).resolve("java");
    Files.writeString(
        java,
        String.format(
            "#!/bin/sh%n"
                + "exec unshare -rm sh -c"
                + " 'mount -t tmpfs -o size=%dm none \"$0\" && exec \"$@\"' %s %s \"$@\"%n",
            megabytes, disk, Jdks.own().resolve("bin/java")));
    if (!java.toFile().setExecutable(true)) {
      throw new IOException("not executable: " + java);
    }
    return directory;
  }
}
