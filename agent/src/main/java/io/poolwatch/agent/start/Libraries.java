package io.poolwatch.agent.start;

import io.poolwatch.agent.config.Option;
import io.poolwatch.agent.config.Options;
import io.poolwatch.agent.config.Settings;
import io.poolwatch.agent.library.commonspool2.CommonsPool2Library;
import io.poolwatch.agent.library.nettyrecycler.NettyRecycler;
import io.poolwatch.agent.library.threadlocal.ThreadLocalPoolLibrary;
import io.poolwatch.agent.weave.PoolLibrary;
import java.util.ArrayList;
import java.util.List;

/**
 * The pool libraries that poolwatch knows: a new one is one more line here, and its own package.
 */
final class Libraries {
  private Libraries() {}

  private static List<PoolLibrary> all(Settings settings) {
    List<PoolLibrary> all = new ArrayList<>();
    boolean quarantines = settings.flag(Options.GUARD) && settings.count(Options.QUARANTINE) > 0;
    all.add(new CommonsPool2Library(quarantines));
    all.add(new NettyRecycler(settings.flag(Options.FINGERPRINT_RECYCLER), quarantines));
    all.add(
        new ThreadLocalPoolLibrary(
            BundledLoans.areGuarded(settings) || BundledLoans.arePrinted(settings)));
    return all;
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
