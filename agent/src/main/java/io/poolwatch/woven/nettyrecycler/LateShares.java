package io.poolwatch.woven.nettyrecycler;

import io.poolwatch.book.PoolFacts;
import io.poolwatch.book.Share;
import io.poolwatch.book.ShareBook;
import io.poolwatch.memory.HandleValue;
import io.poolwatch.memory.Memory;
import io.poolwatch.violation.IdentityMap;
import org.jspecify.annotations.Nullable;

/**
 * The books of Recyclers whose classes were loaded before the agent, and the shares of their local
 * pools, in tables by identity. All such Recyclers are taken for inherited ones, since nobody looks
 * whether they have lent anything before their first get that is seen. Thread-safe.
 */
final class LateShares {
  private static final String RECYCLER = ".netty.util.Recycler";

  private static final IdentityMap<Share> SHARES = new IdentityMap<>();
  private static final IdentityMap<ShareBook> BOOKS = new IdentityMap<>();

  /** The local pools without room that all switched-off Recyclers of a copy have in common. */
  private static final IdentityMap<LocalPoolKind> DISABLED = new IdentityMap<>();

  private LateShares() {}

  /** The share of a local pool; null before the first get from it. */
  static @Nullable Share known(Object localPool) {
    return SHARES.get(localPool);
  }

  /** The same, opened if there is none. */
  static Share of(Object recycler, Object localPool) {
    Share known = SHARES.get(localPool);
    return known == null ? open(recycler, localPool) : known;
  }

  private static Share open(Object recycler, Object localPool) {
    return SHARES.putIfAbsent(
        localPool, book(recycler).open(localPool, !isInCommon(recycler, localPool)));
  }

  /** The book of a Recycler. */
  static ShareBook book(Object recycler) {
    ShareBook known = BOOKS.get(recycler);
    if (known != null) {
      return known;
    }
    ShareBook opened =
        new ShareBook(NettyRecyclers.LATE, new PoolFacts(recycler.getClass().getName()));
    opened.inherit();
    opened.settled(); // nobody will look into it
    return BOOKS.putIfAbsent(recycler, opened);
  }

  /** Registers the pool of an object, or of a handle of one, if that was not done. */
  static void announce(Object recycler, Share share, Object handleOrObject) {
    if (!share.book().isAnnounced()) {
      Object object = HandleValue.of(handleOrObject);
      share.book().announce(recycler, object == null ? null : object.getClass());
    }
  }

  /** Notes that a local pool is that of the switched-off Recyclers. */
  static void disabled(Object localPool) {
    if (DISABLED.get(localPool) == null) {
      DISABLED.putIfAbsent(localPool, LocalPoolKind.DISABLED);
    }
  }

  static boolean isDisabled(Object localPool) {
    return DISABLED.get(localPool) != null;
  }

  /** Whether several threads may borrow from a local pool: it lies in the Recycler's own field. */
  private static boolean isInCommon(Object recycler, Object localPool) {
    for (Class<?> each = recycler.getClass(); each != null; each = each.getSuperclass()) {
      if (each.getName().endsWith(RECYCLER)) {
        try {
          long offset = Memory.offset(each.getDeclaredField("localPool"));
          return Memory.getReference(recycler, offset) == localPool;
        } catch (NoSuchFieldException beforeGeneration3) {
          return false;
        } catch (Throwable unreadable) {
          return true; // which is never wrong, but dearer
        }
      }
    }
    return true;
  }
}
