package io.poolwatch.agent.start;

import java.util.ArrayList;
import java.util.List;

/** What could not be watched, and why, for the report; bounded. Thread-safe. */
final class Gaps {
  private static final int MOST = 40;

  private final List<String> lines = new ArrayList<>();
  private int more;

  synchronized void add(String line) {
    if (lines.size() < MOST) {
      lines.add(line);
    } else {
      more++;
    }
  }

  synchronized List<String> lines() {
    List<String> all = new ArrayList<>(lines);
    if (more > 0) {
      all.add("and " + more + " more");
    }
    return all;
  }
}
