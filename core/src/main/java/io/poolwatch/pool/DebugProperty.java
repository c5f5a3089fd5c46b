package io.poolwatch.pool;

import org.jspecify.annotations.Nullable;

/**
 * The system property {@value #NAME}, which switches the debug modes of all pools on without a
 * change of code: words apart by commas, {@code drop} (a quarter of the puts) or {@code
 * drop=SHARE}, and {@code double}.
 */
final class DebugProperty {

  static final String NAME = "poolwatch.pool.debug";

  /** As many as Go's race detector has its pool drop. */
  static final double DEFAULT_SHARE = 0.25;

  final double dropShare;
  final boolean detectDoublePut;

  private DebugProperty(double dropShare, boolean detectDoublePut) {
    this.dropShare = dropShare;
    this.detectDoublePut = detectDoublePut;
  }

  /** Reads the property as it is now; all off where it is unset or may not be read. */
  static DebugProperty read() {
    try {
      return parse(System.getProperty(NAME));
    } catch (SecurityException e) {
      return new DebugProperty(0, false);
    }
  }

  /**
   * @throws IllegalArgumentException naming the property, the word and the words that are known
   */
  static DebugProperty parse(@Nullable String value) {
    double share = 0;
    boolean detect = false;
    for (String part : value == null ? new String[0] : value.split(",", -1)) {
      String word = part.trim();
      if (word.equals("drop")) {
        share = DEFAULT_SHARE;
      } else if (word.startsWith("drop=")) {
        share = share(word);
      } else if (word.equals("double")) {
        detect = true;
      } else if (!word.isEmpty()) {
        throw unknown(word);
      }
    }
    return new DebugProperty(share, detect);
  }

  private static double share(String word) {
    try {
      double share = Double.parseDouble(word.substring("drop=".length()));
      if (share >= 0 && share <= 1) {
        return share;
      }
    } catch (NumberFormatException e) {
      // Said below, with the way out.
    }
    throw unknown(word);
  }

  private static IllegalArgumentException unknown(String word) {
    return new IllegalArgumentException(
        "-D" + NAME + ": cannot read '" + word + "' (known: drop, drop=SHARE from 0 to 1, double)");
  }
}
