package io.poolwatch.agent.start;

import io.poolwatch.agent.config.Option;
import io.poolwatch.agent.config.Options;
import io.poolwatch.agent.config.Settings;
import io.poolwatch.agent.library.commonspool2.CommonsPool2Library;
import io.poolwatch.agent.library.nettyrecycler.Extra;
import io.poolwatch.agent.library.nettyrecycler.NettyRecycler;
import io.poolwatch.agent.library.threadlocal.ThreadLocalPoolLibrary;
import io.poolwatch.agent.weave.PoolLibrary;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The pool libraries that poolwatch knows: a new one is one more line here, and its own package.
 */
final class Libraries {
  private Libraries() {}

  private static List<PoolLibrary> all(Settings settings) {
    List<PoolLibrary> all = new ArrayList<>();
    all.add(new CommonsPool2Library(quarantines(settings), experiments(settings)));
    all.add(new NettyRecycler(recyclerExtras(settings)));
    all.add(
        new ThreadLocalPoolLibrary(
            BundledLoans.areGuarded(settings) || BundledLoans.arePrinted(settings),
            experiments(settings)));
    return all;
  }

  private static boolean quarantines(Settings settings) {
    return settings.flag(Options.GUARD) && settings.count(Options.QUARANTINE) > 0;
  }

  private static boolean experiments(Settings settings) {
    return !settings.patterns(Options.EXPERIMENT).isEmpty();
  }

  private static Set<Extra> recyclerExtras(Settings settings) {
    Set<Extra> extras = EnumSet.noneOf(Extra.class);
    if (settings.flag(Options.FINGERPRINT_RECYCLER)) {
      extras.add(Extra.FINGERPRINTS);
    }
    if (!settings.patterns(Options.DIRTY_POOLS).isEmpty()) {
      extras.add(Extra.RESETS);
    }
    if (quarantines(settings)) {
      extras.add(Extra.QUARANTINE);
    }
    if (experiments(settings)) {
      extras.add(Extra.EXPERIMENT);
    }
    return extras;
  }

  /** Those that the configuration leaves on. */
  static List<PoolLibrary> switchedOn(Settings settings) {
    List<PoolLibrary> on = all(settings);
    for (Option option : Options.all()) {
      for (int i = on.size() - 1; i >= 0; i--) {
        if (option.name().equals(on.get(i).id().concat(".enabled")) && !settings.flag(option)) {
          on.remove(i);
        }
      }
    }
    return on;
  }
}
