package io.poolwatch.agent.config;

/** A pattern with {@code *} for any text and {@code ?} for one character. Immutable. */
final class Pattern {
  private final String text;

  Pattern(String text) {
    this.text = text;
  }

  /** Whether the whole of a name fits; linear but for the stars' retries, and never recursive. */
  boolean matches(String name) {
    int t = 0;
    int n = 0;
    int star = -1;
    int retry = 0;
    while (n < name.length()) {
      if (t < text.length() && text.charAt(t) == '*') {
        star = t++;
        retry = n;
      } else if (t < text.length() && (text.charAt(t) == '?' || text.charAt(t) == name.charAt(n))) {
        t++;
        n++;
      } else if (star >= 0) {
        t = star + 1;
        n = ++retry;
      } else {
        return false;
      }
    }
    while (t < text.length() && text.charAt(t) == '*') {
      t++;
    }
    return t == text.length();
  }

  @Override
  public String toString() {
    return text;
  }
}
