package io.poolwatch.agent.experiment;

import io.poolwatch.agent.export.Notices;
import io.poolwatch.agent.export.PlainText;
import io.poolwatch.agent.worth.Evidence;
import io.poolwatch.book.Ledger;
import io.poolwatch.book.MissCause;
import io.poolwatch.book.PoolBook;
import io.poolwatch.book.PoolIdentity;
import io.poolwatch.book.Tally;
import io.poolwatch.woven.commonspool2.UnpooledHooks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Has each pool whose name is asked for its experiment, one after the other, as soon as it is
 * borrowed from; says what comes of it, and which pools cannot have one. One thread.
 */
public final class Experiments {
  /** The library of whose pools only some can be served without. */
  private static final String CHOSEN_OF = "commons_pool2";

  /** Borrows since the last tick, a second ago, that a pool must have. */
  private static final long LEAST_BORROWS = 100;

  /** When it is said that no pool has such a name. */
  private static final long NONE_AFTER_NANOS = 60_000_000_000L;

  private static final long END_MILLIS = 500;
  private static final int MOST_NAMES = 10;
  private static final int WIDTH = 200;
  private static final int REASON_WIDTH = 400;

  private final Ledger ledger;
  private final Notices notices;
  private final Predicate<String> names;
  private final String wanted;
  private final long sliceNanos;
  private final Found found;
  private final Map<PoolIdentity, Long> borrows = new LinkedHashMap<>();
  private final Set<PoolIdentity> done = new LinkedHashSet<>();
  private final Set<String> others = new LinkedHashSet<>();
  private long first;
  private boolean ticked;
  private boolean noneTold;
  private boolean closed;
  private @Nullable Trial trial;

  /** Is told what an experiment found. */
  public interface Found {
    /** It has ended. */
    void found(PoolIdentity pool, Evidence evidence, long nowNanos);
  }

  /**
   * Experiments.
   *
   * @param names of the pools that are to have one
   * @param wanted the same in words
   * @param sliceMillis how long a turn lasts
   * @param found what is told of each that ends
   */
  public Experiments(
      Ledger ledger,
      Notices notices,
      Predicate<String> names,
      String wanted,
      long sliceMillis,
      Found found) {
    this.ledger = ledger;
    this.notices = notices;
    this.names = names;
    this.wanted = wanted;
    this.found = found;
    sliceNanos = sliceMillis * 1_000_000L;
    UnpooledHooks.lookAtWraps(new PlainWrap());
  }

  /** Looks after the present experiment, and for the next. To be called every second. */
  public void tick(long nowNanos) {
    if (!ticked) {
      ticked = true;
      first = nowNanos;
    }
    Trial running = trial;
    if (running != null) {
      if (!running.isOver()) {
        return;
      }
      trial = null;
      tell(running, nowNanos);
    }
    look();
    if (nowNanos - first >= NONE_AFTER_NANOS) {
      tellIfNone();
    }
  }

  private void look() {
    Set<PoolIdentity> pools = new LinkedHashSet<>();
    ledger.visit((identity, book) -> pools.add(identity));
    for (PoolIdentity pool : pools) {
      if (!names.test(pool.name())) {
        others.add(pool.name());
      } else if (!done.contains(pool) && trial == null) {
        consider(pool);
      }
    }
  }

  private void consider(PoolIdentity pool) {
    String whyNot = whyNot(pool);
    if (whyNot != null) {
      done.add(pool);
      notices.info("no experiment on " + named(pool) + ": " + PlainText.clip(whyNot, REASON_WIDTH));
      return;
    }
    Tally now = ledger.tally(pool);
    long all = now == null ? 0 : now.borrows();
    Long before = borrows.put(pool, all);
    if (now == null || before == null || all - before < LEAST_BORROWS) {
      return;
    }
    if (!now.knowsUsed()) {
      done.add(pool);
      notices.info(
          "no experiment on "
              + named(pool)
              + ": its classes were loaded before the agent, and serve as they did");
      return;
    }
    if (2 * now.misses(MissCause.DISABLED) > all) {
      done.add(pool);
      notices.info("no experiment on " + named(pool) + ": it is switched off where it is used");
      return;
    }
    if (!closed) {
      done.add(pool);
      begin(pool);
    }
  }

  /** Of several pools of one name all must be of those that can be served without. */
  private @Nullable String whyNot(PoolIdentity pool) {
    List<PoolBook> books = new ArrayList<>();
    ledger.visit(
        (identity, book) -> {
          if (identity.equals(pool)) {
            books.add(book);
          }
        });
    for (PoolBook book : books) {
      String whyNot =
          pool.system().equals(CHOSEN_OF) && !book.hasBesides()
              ? "of this library only pools without keys can have one, of class GenericObjectPool"
                  + " from 2.1 on, that were loaded after the agent"
              : book.whyNotUnpooled();
      if (whyNot != null) {
        return whyNot;
      }
    }
    return null;
  }

  private void begin(PoolIdentity pool) {
    Trial begun = new Trial(ledger, pool, sliceNanos, Thread.currentThread().getId());
    Thread thread = new Thread(begun, "poolwatch-experiment");
    thread.setDaemon(true);
    // First of all: a trial whose thread the system refused would never be over.
    thread.start();
    trial = begun;
    notices.info(
        "experiment on "
            + named(pool)
            + " begins: in turns of "
            + sliceNanos / 1_000_000L
            + " ms borrows are served with the pool and without; it ends by itself");
  }

  private void tell(Trial over, long nowNanos) {
    found.found(over.pool(), Words.evidence(over.comparison(), over.ending()), nowNanos);
  }

  private void tellIfNone() {
    if (noneTold || !done.isEmpty() || !borrows.isEmpty()) {
      return;
    }
    noneTold = true;
    List<String> some = new ArrayList<>();
    for (String name : others) {
      if (some.size() < MOST_NAMES) {
        some.add(PlainText.clip(name, WIDTH));
      }
    }
    notices.warn(
        "no experiment: no pool has a name like "
            + PlainText.clip(wanted, WIDTH)
            + (some.isEmpty() ? "" : "; there are " + String.join(", ", some)));
  }

  /** Ends what goes on, and says what was not done. */
  public void close(long nowNanos) {
    closed = true;
    Trial running = trial;
    if (running != null) {
      running.end(END_MILLIS);
      trial = null;
      if (running.isOver()) {
        tell(running, nowNanos);
      }
    }
    look();
    tellIfNone();
    for (PoolIdentity pool : borrows.keySet()) {
      if (!done.contains(pool)) {
        notices.info("no experiment on " + named(pool) + ": too little was borrowed, or too late");
      }
    }
  }

  private static String named(PoolIdentity pool) {
    return "pool " + PlainText.clip(pool.name(), WIDTH) + " (" + pool.system() + ")";
  }
}
