package io.poolwatch.agent.start;

import io.poolwatch.agent.config.Options;
import io.poolwatch.agent.config.Patterns;
import io.poolwatch.agent.config.Settings;
import io.poolwatch.book.PoolFacts;
import io.poolwatch.book.PoolNamer;
import io.poolwatch.book.PoolSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names pools: by configuration; else as the application named them; else after the factory, the
 * pool's own class where the application wrote it, or what is pooled. The same from run to run: no
 * counter, no hash code.
 */
final class PoolNames implements PoolNamer {
  private final List<Rule> rules = new ArrayList<>();
  private final Patterns included;
  private final Patterns excluded;

  PoolNames(Settings settings) {
    included = settings.patterns(Options.POOLS_INCLUDE);
    excluded = settings.patterns(Options.POOLS_EXCLUDE);
    for (Map.Entry<String, String> each : settings.names().entrySet()) {
      rules.add(new Rule(settings.pattern(each.getKey()), each.getValue()));
    }
  }

  @Override
  public @Nullable String name(PoolSystem system, PoolFacts facts) {
    String name = ClassNames.printable(choose(facts));
    return included.match(name) && !excluded.match(name) ? name : null;
  }

  private String choose(PoolFacts facts) {
    for (Rule rule : rules) {
      if (rule.fits(facts.factoryClass())
          || rule.fits(facts.objectClass())
          || rule.fits(facts.poolClass())) {
        return rule.name;
      }
    }
    String given = facts.givenName();
    if (given != null && !given.trim().isEmpty()) {
      return given.trim();
    }
    String factory = ClassNames.ofFactory(facts.factoryClass());
    if (factory != null) {
      return factory;
    }
    String object = ClassNames.simple(facts.objectClass());
    // A pool without a factory makes its objects itself (a Recycler's newObject), and is registered
    // when the first one is known. With a factory the first object may come later than the name.
    if (object != null && facts.factoryClass() == null) {
      return object;
    }
    String pool = ClassNames.ofApplication(facts.poolClass());
    if (pool != null) {
      return pool;
    }
    if (object != null) {
      return object;
    }
    String fallback = ClassNames.simple(facts.poolClass());
    return fallback == null ? "pool" : fallback;
  }

  /** A name given by the user. */
  private static final class Rule {
    private final Patterns pattern;
    final String name;

    Rule(Patterns pattern, String name) {
      this.pattern = pattern;
      this.name = name;
    }

    boolean fits(@Nullable String className) {
      return className != null && pattern.match(className);
    }
  }
}
