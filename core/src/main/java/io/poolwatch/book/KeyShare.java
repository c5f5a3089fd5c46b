package io.poolwatch.book;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * What a keyed pool has under one key, and has parted with there and not missed yet. The library's
 * own record of the key holds this; it refers to no key and no object.
 *
 * <p>The library forgets a key together with its last object, and makes a new record when it is
 * asked for again. Whether that is the same key, its {@code equals} would tell, which belongs to
 * the service and is never called; of the JDK's own values it may be. So keys that are strings,
 * numbers or constants are {@linkplain KnownKeys known again}, others are not. Thread-safe.
 */
public final class KeyShare {
  private volatile @Nullable Account account;

  /** Plain: of two threads that come first together both may be the first. */
  private boolean hasMade;

  /** Of a key that nothing is known of yet. */
  public KeyShare() {}

  /** Whether anything is known of the key. */
  boolean isKnown() {
    return account != null;
  }

  /** What was known of the key before the library made a new record of it. */
  void known(Account before) {
    account = before;
  }

  /** An object was made; tells whether it is the first since the library made this record. */
  boolean made() {
    Account own = account;
    if (own == null) {
      // Of two threads that come first together one may be forgotten.
      own = new Account();
      account = own;
    }
    own.most = Math.max(own.most, own.live.incrementAndGet());
    boolean first = !hasMade;
    hasMade = true;
    return first;
  }

  /** Marks the key as asked for in a window; false if it was marked in it before. */
  boolean mark(int window) {
    Account own = account;
    return own != null && Account.WINDOW.getAndSet(own, window) != window;
  }

  boolean isMarked(int window) {
    Account own = account;
    return own != null && own.window == window;
  }

  /** Whether there is any object under the key, by the books. */
  boolean hasObjects() {
    Account own = account;
    return own != null && own.live.get() > 0;
  }

  void parted(@Nullable MissCause cause) {
    Account own = account;
    if (own != null) {
      int left = own.live.decrementAndGet();
      if (cause != null) {
        own.debts.owe(cause, own.most - left);
      }
    }
  }

  @Nullable MissCause pay() {
    Account own = account;
    return own == null ? null : own.debts.pay();
  }

  /** What is kept of a key for longer than the library's record of it. */
  static final class Account {
    private static final AtomicIntegerFieldUpdater<Account> WINDOW =
        AtomicIntegerFieldUpdater.newUpdater(Account.class, "window");

    private final Debts debts = new Debts();
    private final AtomicInteger live = new AtomicInteger();

    /** The most there were at a time. Plain: one too few is no error. */
    private int most;

    /** The last window in which the key was asked for. */
    private volatile int window;
  }
}
