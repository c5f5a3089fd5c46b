package io.poolwatch.agent.collapse;

import io.poolwatch.agent.export.AgentEvent;
import io.poolwatch.agent.export.Notices;
import io.poolwatch.agent.export.PoolNews;
import io.poolwatch.book.Ledger;
import io.poolwatch.book.MissCause;
import io.poolwatch.book.PoolIdentity;
import io.poolwatch.book.PoolSnapshot;
import io.poolwatch.collapse.CollapseChange;
import io.poolwatch.collapse.CollapseState;
import java.time.LocalTime;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Has a detector look at each pool name, every ten seconds by default, and tells what changes: in
 * the log, as an event, and by an export that does not wait for its time. One thread.
 */
public final class CollapseWatch {
  private final Ledger ledger;
  private final Notices notices;
  private final Consumer<AgentEvent> sink;
  private final Runnable changed;
  private final WatchedPools pools;

  /** 0: never. */
  private final long tickNanos;

  private long next;

  /**
   * A watch.
   *
   * @param ledger knows the pools
   * @param pools where to keep what is known of them
   * @param notices the log
   * @param sink what else each change goes to
   * @param changed run after a state has changed
   * @param tickMillis how often to look; 0: never
   */
  public CollapseWatch(
      Ledger ledger,
      WatchedPools pools,
      Notices notices,
      Consumer<AgentEvent> sink,
      Runnable changed,
      long tickMillis) {
    this.ledger = ledger;
    this.pools = pools;
    this.notices = notices;
    this.sink = sink;
    this.changed = changed;
    tickNanos = tickMillis == 0 ? 0 : Math.max(1_000, tickMillis) * 1_000_000L;
    if (tickNanos != 0) {
      ledger.keyWindow(tickNanos);
    }
    next = System.nanoTime();
  }

  /** Looks, if it is time to, and tells what changed. */
  public void tick(long nowNanos) {
    if (tickNanos == 0 || nowNanos - next < 0) {
      return;
    }
    next += tickNanos;
    if (nowNanos - next >= 0) {
      next = nowNanos + tickNanos; // a beat that came late is one longer tick, not several
    }
    boolean any = false;
    for (PoolSnapshot pool : ledger.snapshot()) {
      any |= look(pool);
    }
    if (any) {
      changed.run();
    }
  }

  /** Whether the pool's state is another one than before. */
  private boolean look(PoolSnapshot pool) {
    Counts now = Counts.of(pool.tally());
    WatchedPool watched = pools.find(pool.identity());
    if (watched == null) {
      pools.add(pool.identity(), new WatchedPool(now, tickNanos / 1e9));
      return false;
    }
    CollapseState before = watched.reading().state();
    CollapseChange change = watched.tick(now);
    if (change != null) {
      tell(change, pool.identity(), watched);
    }
    return before != watched.reading().state();
  }

  private void tell(CollapseChange change, PoolIdentity pool, WatchedPool watched) {
    boolean slowly = change.kind() == CollapseChange.Kind.DECAYED;
    int ticks = slowly ? WatchedPool.REMEMBERED : Math.max(1, change.ticks());
    Counts latest = watched.latest(ticks);
    // What was hours ago is not remembered: then the largest cause is named.
    Counts before = slowly ? Counts.NONE : watched.before(ticks);
    String text =
        CollapseText.of(
            change, pool, latest, before, LocalTime.now().minusNanos(ticks * tickNanos), tickNanos);
    boolean bad = watched.reading().state() == CollapseState.COLLAPSED;
    if (bad) {
      notices.warn(text);
    } else {
      notices.info(text);
    }
    MissCause cause = bad ? CollapseText.cause(latest, before) : null;
    sink.accept(event(change, pool, watched.reading().state(), cause, text));
  }

  private static AgentEvent event(
      CollapseChange change,
      PoolIdentity pool,
      CollapseState state,
      @Nullable MissCause cause,
      String text) {
    Map<String, String> attributes = PoolNews.attributes(pool);
    attributes.put("poolwatch.collapse.state", state.label());
    attributes.put("poolwatch.collapse.change", change.kind().name().toLowerCase(Locale.ROOT));
    attributes.put("poolwatch.collapse.hit.ratio.before", ratio(1 - change.before()));
    attributes.put("poolwatch.collapse.hit.ratio.now", ratio(1 - change.now()));
    if (cause != null) {
      attributes.put("poolwatch.cause", cause.label());
    }
    return new AgentEvent("poolwatch.collapse", text, attributes, null, null);
  }

  private static String ratio(double hits) {
    return String.format(Locale.ROOT, "%.4f", hits);
  }
}
