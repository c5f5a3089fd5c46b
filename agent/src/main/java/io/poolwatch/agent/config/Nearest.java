package io.poolwatch.agent.config;

import org.jspecify.annotations.Nullable;

/** Finds what was perhaps meant by a mistyped word. */
public final class Nearest {
  private Nearest() {}

  /**
   * The nearest of the given words by insertions, deletions, replacements and swaps of neighbours;
   * null if none is near enough to be worth a guess.
   */
  public static @Nullable String of(String typed, String... words) {
    String best = null;
    int least = Math.max(1, typed.length() / 2) + 1;
    for (String word : words) {
      int distance = distance(typed, word);
      if (distance < least) {
        least = distance;
        best = word;
      }
    }
    return best;
  }

  private static int distance(String a, String b) {
    int[][] table = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          table[i][j] = i + j;
          continue;
        }
        int replace = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least = table[i - 1][j - 1] + replace;
        least = Math.min(least, Math.min(table[i - 1][j], table[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          least = Math.min(least, table[i - 2][j - 2] + 1);
        }
        table[i][j] = least;
      }
    }
    return table[a.length()][b.length()];
  }
}
