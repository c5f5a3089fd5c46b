package io.poolwatch.fork;

import java.nio.file.Files;
import java.nio.file.Path;

/** Released jars that the build put aside in {@code target/libraries}; on no class path. */
public final class Libraries {
  /** The newest Commons Pool2 that is known. */
  public static final Path COMMONS_POOL2 = jar("commons-pool2-2.13.1");

  /** The newest Netty that is known. */
  public static final Path NETTY = jar("netty-common-4.2.20.Final");

  private Libraries() {}

  /**
   * A released jar.
   *
   * @param name artifact and version, without the suffix
   * @throws IllegalStateException if the build has not fetched it
   */
  public static Path jar(String name) {
    Path jar = Path.of("target", "libraries", name + ".jar").toAbsolutePath();
    if (!Files.exists(jar)) {
      throw new IllegalStateException(jar + " is missing: run mvn generate-test-resources");
    }
    return jar;
  }

  /** The agent, as it is shipped. */
  public static Path agent() {
    String jar = System.getProperty("poolwatch.jar");
    if (jar == null || !Files.exists(Path.of(jar))) {
      throw new IllegalStateException(
          "the system property poolwatch.jar does not name the packaged agent: " + jar);
    }
    return Path.of(jar);
  }
}
