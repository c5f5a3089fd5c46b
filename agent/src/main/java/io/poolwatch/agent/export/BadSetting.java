package io.poolwatch.agent.export;

/** A setting that cannot be followed. The message names it, what is wrong, and the way out. */
final class BadSetting extends Exception {
  private static final long serialVersionUID = 1L;

  BadSetting(OtelVariables.Found setting, String wrong, String wayOut) {
    this(setting.source() + "=" + setting.value() + " " + wrong + ": " + wayOut);
  }

  BadSetting(String line) {
    super(line);
  }
}
