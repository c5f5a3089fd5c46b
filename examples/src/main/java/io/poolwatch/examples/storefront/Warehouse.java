package io.poolwatch.examples.storefront;

/** What the two upstream services answer. Stateless. */
final class Warehouse {
  private static final int LARGEST_RESERVATION = 99;

  private Warehouse() {}

  /** {@code RESERVE sku quantity}: {@code RESERVED} or {@code SOLD_OUT}. */
  static String inventory(String question) {
    String[] words = words(question, "RESERVE");
    return Integer.parseInt(words[2]) <= LARGEST_RESERVATION ? "RESERVED" : "SOLD_OUT";
  }

  /** {@code QUOTE country grams}: cents. */
  static String shipping(String question) {
    String[] words = words(question, "QUOTE");
    long cents = words[1].equals("CH") ? 490 : 1_290;
    return Long.toString(cents + Long.parseLong(words[2]) / 10);
  }

  private static String[] words(String question, String verb) {
    String[] words = question.split(" ", -1);
    if (words.length != 3 || !words[0].equals(verb)) {
      throw new IllegalArgumentException("unknown question");
    }
    return words;
  }
}
