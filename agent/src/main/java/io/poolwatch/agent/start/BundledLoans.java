package io.poolwatch.agent.start;

import io.poolwatch.agent.config.Options;
import io.poolwatch.agent.config.Settings;

/** What is to be looked at in each get and put of the bundled pool: by default nothing. */
final class BundledLoans {
  private BundledLoans() {}

  static boolean areGuarded(Settings settings) {
    return settings.flag(Options.GUARD) && settings.flag(Options.GUARD_THREAD_LOCAL);
  }

  static boolean arePrinted(Settings settings) {
    return settings.count(Options.FINGERPRINT) > 0
        && settings.flag(Options.FINGERPRINT_THREAD_LOCAL);
  }
}
