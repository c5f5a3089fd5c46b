package io.poolwatch.agent.config;

import java.util.ArrayList;
import java.util.List;

/** Several patterns, any of which may fit. Immutable. */
public final class Patterns {
  private final List<Pattern> patterns;

  private Patterns(List<Pattern> patterns) {
    this.patterns = patterns;
  }

  /** Reads patterns that are separated by semicolons or commas. */
  static Patterns parse(String text) {
    List<Pattern> patterns = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || text.charAt(i) == ';' || text.charAt(i) == ',') {
        String one = text.substring(start, i).trim();
        if (!one.isEmpty()) {
          patterns.add(new Pattern(one));
        }
        start = i + 1;
      }
    }
    return new Patterns(patterns);
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return patterns.isEmpty();
  }

  /** Whether one of them fits the whole of a name. */
  public boolean match(String name) {
    for (int i = 0; i < patterns.size(); i++) {
      if (patterns.get(i).matches(name)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return patterns.toString();
  }
}
