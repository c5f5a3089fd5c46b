package io.poolwatch.agent.cli;

/** Something that cannot be done: what, why and the way out, in a line. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  Refusal(String line) {
    super(line, null, false, false);
  }

  String line() {
    return String.valueOf(getMessage());
  }
}
