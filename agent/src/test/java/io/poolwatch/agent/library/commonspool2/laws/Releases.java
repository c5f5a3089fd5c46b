package io.poolwatch.agent.library.commonspool2.laws;

import org.apache.commons.pool2.ObjectPool;

/** Which release of the library the laws run on: the one whose jar is first in their loader. */
final class Releases {
  private static final String JAR = "commons-pool2-";

  private Releases() {}

  /** Whether the library is this release or a later one. */
  static boolean has(String release) {
    return number(present()) >= number(release);
  }

  private static String present() {
    String path = ObjectPool.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    return path.substring(path.lastIndexOf(JAR) + JAR.length(), path.length() - ".jar".length());
  }

  private static int number(String release) {
    String[] parts = release.split("\\.");
    int number = 0;
    for (int i = 0; i < 3; i++) {
      number = number * 1000 + (i < parts.length ? Integer.parseInt(parts[i]) : 0);
    }
    return number;
  }
}
