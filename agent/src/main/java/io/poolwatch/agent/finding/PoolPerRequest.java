package io.poolwatch.agent.finding;

import io.poolwatch.book.Ledger;
import io.poolwatch.book.PoolFacts;
import io.poolwatch.book.PoolTurnover;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A pool that is made for each request: pools that are made alike are made all the time, and come
 * to nothing.
 *
 * <p>"All the time" is {@value #LEAST_A_SECOND} a second at least, in each look for as long as a
 * misuse must go on: pools that a service makes as it starts, or one a tenant, stop being made.
 * "Come to nothing" is, of those that the collector took meanwhile ({@value #LEAST_ENDED} at
 * least), nine of ten having lent two objects at most. A pool that is forgotten without having been
 * closed may live for ever, in the JMX server's list for one; of such, if there are {@value
 * #LEAST_ALIVE}, 99 of a hundred must have lent two at most: of a pool a tenant some would be used
 * again.
 *
 * <p>Not told of pools that a library makes, one for each of its own objects: DBCP's pools of
 * prepared statements, one a connection, and Netty's own Recyclers. There connections or threads
 * come and go, and sharing the pool is no way out.
 */
final class PoolPerRequest implements Rule {
  static final int LEAST_A_SECOND = 2;
  static final int LEAST_ENDED = 50;
  static final int LEAST_ALIVE = 500;
  private static final double NANOS = 1e9;

  private final long after;

  /** By the facts of the first pool, which refer to nothing of the service's. */
  private final Map<PoolFacts, Churn> churning = new IdentityHashMap<>();

  PoolPerRequest(long after) {
    this.after = after;
  }

  @Override
  public void look(Ledger ledger, long now, Consumer<Finding> found) {
    look(ledger.turnovers(after / 2), now, found);
  }

  void look(List<PoolTurnover> turnovers, long now, Consumer<Finding> found) {
    for (PoolTurnover turnover : turnovers) {
      if (!isOfALibrary(turnover)) {
        judge(turnover, now, found);
      }
    }
  }

  private void judge(PoolTurnover turnover, long now, Consumer<Finding> found) {
    Churn churn = churning.get(turnover.facts());
    if (churn == null || !churn.goesOn(turnover, now)) {
      churning.put(turnover.facts(), new Churn(turnover, now));
      return;
    }
    churn.last = turnover;
    churn.lastLook = now;
    if (now - churn.start < after) {
      return;
    }
    String idle = comeToNothing(churn.first, turnover);
    if (idle != null) {
      long made = turnover.opened() - churn.first.opened();
      double seconds = (now - churn.start) / NANOS;
      found.accept(
          new Finding(
              Finding.Kind.POOL_PER_REQUEST,
              turnover.identity(),
              Words.count(made)
                  + " pools of "
                  + made(turnover.facts())
                  + " were made in the last "
                  + Words.time(now - churn.start)
                  + String.format(Locale.ROOT, ", %.1f a second; ", made / seconds)
                  + idle,
              "make one pool when the service starts, let all requests share it, and close it when"
                  + " the service ends",
              null));
    }
  }

  private static String made(PoolFacts facts) {
    return facts.factoryClass() == null
        ? facts.poolClass()
        : facts.poolClass() + " with the factory " + facts.factoryClass();
  }

  /** What became of the pools, if it was next to nothing; else null. */
  private static @Nullable String comeToNothing(PoolTurnover first, PoolTurnover now) {
    long ended = now.ended() - first.ended();
    long idle = now.endedWithFew() - first.endedWithFew();
    if (ended >= LEAST_ENDED && idle * 10 >= ended * 9) {
      return Words.count(idle)
          + " of the "
          + Words.count(ended)
          + " that became garbage in that time had lent two objects at most";
    }
    if (now.old() >= LEAST_ALIVE && now.oldWithFew() * 100 >= now.old() * 99) {
      return Words.count(now.old())
          + " exist, because something still refers to them, and "
          + Words.count(now.oldWithFew())
          + " of these have lent two objects at most";
    }
    return null;
  }

  private static boolean isOfALibrary(PoolTurnover turnover) {
    String factory = turnover.facts().factoryClass();
    String object = turnover.facts().objectClass();
    return (factory != null && factory.endsWith(".dbcp2.PoolingConnection"))
        || (object != null && (object.startsWith("io.netty.") || object.contains(".io.netty.")));
  }

  /** Pools that have been made all the time since a look. */
  private static final class Churn {
    final PoolTurnover first;
    final long start;
    PoolTurnover last;
    long lastLook;

    Churn(PoolTurnover first, long start) {
      this.first = first;
      this.start = start;
      last = first;
      lastLook = start;
    }

    boolean goesOn(PoolTurnover turnover, long now) {
      double seconds = (now - lastLook) / NANOS;
      return turnover.opened() - last.opened() >= LEAST_A_SECOND * seconds;
    }
  }
}
