package io.poolwatch.agent.finding;

import io.poolwatch.book.Ledger;
import io.poolwatch.book.PoolBook;
import io.poolwatch.book.PoolIdentity;
import io.poolwatch.book.Share;
import io.poolwatch.book.ShareBook;
import io.poolwatch.book.ShareReading;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A pool that was filled by a thread which never borrows: where each thread has a share of its own,
 * as in the Recycler, nobody else can take what lies in that one.
 *
 * <p>It must be the very first share of the pool; its thread made {@value #LEAST_WARMED} objects at
 * least and was never served from the pool, so it took them all at once; nearly all of them are
 * idle there; and it has not borrowed for as long as a misuse must go on, while the others borrowed
 * {@value #LEAST_BORROWS} times and made as many objects anew as lie there. So a thread that works
 * now and then is none, since it is served at its second work; nor one that happened to be first.
 *
 * <p>In Commons Pool2 all threads share one queue, and in the bundled pool they take from each
 * other: there warming works.
 */
final class WarmedByOtherThread implements Rule {
  static final int LEAST_WARMED = 16;
  static final int LEAST_BORROWS = 1_000;

  private final long after;
  private final Map<Share, Stillness> still = new WeakHashMap<>();

  WarmedByOtherThread(long after) {
    this.after = after;
  }

  @Override
  public void look(Ledger ledger, long now, Consumer<Finding> found) {
    ledger.visit((pool, book) -> look(pool, book, now, found));
  }

  void look(PoolIdentity pool, PoolBook book, long now, Consumer<Finding> found) {
    if (!(book instanceof ShareBook)) {
      return;
    }
    List<ShareReading> shares = ((ShareBook) book).shares();
    ShareReading warm = null;
    long borrows = 0;
    long made = 0;
    for (ShareReading share : shares) {
      if (share.isFirst()) {
        warm = isWarmedOnly(share) ? share : null;
      } else {
        borrows += share.hits() + share.misses();
        made += share.misses();
      }
    }
    if (warm == null || !isStill(warm, now)) {
      return;
    }
    if (borrows >= LEAST_BORROWS && made >= warm.idle()) {
      found.accept(finding(pool, warm, borrows, made));
    }
  }

  private static boolean isWarmedOnly(ShareReading share) {
    return share.isConfined()
        && share.hits() == 0
        && share.idle() >= LEAST_WARMED
        && share.used() * 10 <= share.misses();
  }

  private boolean isStill(ShareReading share, long now) {
    Stillness before = still.get(share.share());
    if (before == null || before.misses != share.misses()) {
      still.put(share.share(), new Stillness(share.misses(), now));
      return false;
    }
    return now - before.since >= after;
  }

  private Finding finding(PoolIdentity pool, ShareReading warm, long borrows, long made) {
    String thread = warm.ownerName();
    return new Finding(
        Finding.Kind.WARMED_BY_OTHER_THREAD,
        pool,
        Words.count(warm.idle())
            + " objects lie idle since "
            + nameOf(thread)
            + " made them and gave them back; it was never served by the pool and has not borrowed"
            + " for "
            + Words.time(after)
            + " at least. Each thread has a place of its own here: the others made "
            + Words.count(made)
            + " objects anew, in "
            + Words.count(borrows)
            + " borrows",
        "let each thread that borrows warm its own place, or warm nothing",
        null);
  }

  private static String nameOf(@Nullable String thread) {
    return thread == null ? "a thread" : "thread " + thread;
  }

  /** A share out of which nothing was borrowed for some time. */
  private static final class Stillness {
    final long misses;
    final long since;

    Stillness(long misses, long since) {
      this.misses = misses;
      this.since = since;
    }
  }
}
