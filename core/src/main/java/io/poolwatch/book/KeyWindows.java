package io.poolwatch.book;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How many keys of a keyed pool are asked for, in one window of time after the other.
 *
 * <p>No sketch: each key's {@linkplain KeyShare share} is marked with the window in which it was
 * asked for, which needs no hash of the service's. A key that the library forgot in between and
 * made a new record of counts again, unless it is of a class whose values are {@linkplain KnownKeys
 * known again}. So of keys of the service's own classes the number is an upper end as soon as
 * objects are thrown away.
 *
 * <p>A borrow that finds an idle object pays nothing for it: that is seen when the window closes,
 * by the loans that its object has had. A borrow that failed without an attempt to make an object
 * is not seen. Thread-safe; one caller at a time closes.
 */
final class KeyWindows {
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicLong opened = new AtomicLong();
  private volatile int window = 1;
  private volatile int askedInLast;
  private volatile int idleInLast;

  /** An object was made under a key. */
  void made(KeyShare key) {
    if (key.made()) {
      opened.incrementAndGet();
    }
    asked(key);
  }

  /** An object was found under a key, which was there already. */
  void found(KeyShare key) {
    key.made(); // which is no opening
  }

  /** A key was asked for. */
  void asked(@Nullable KeyShare key) {
    if (key != null && key.mark(window)) {
      asked.incrementAndGet();
    }
  }

  /** The window ends. */
  void close(@Nullable Life newest) {
    for (Life life = newest; life != null; life = life.next) {
      if (life.wasLentSinceLastWindow()) {
        asked(life.key());
      }
    }
    int idle = 0;
    for (Life life = newest; life != null; life = life.next) {
      KeyShare key = life.key();
      if (life.isIdle() && key != null && !key.isMarked(window)) {
        idle++;
      }
    }
    idleInLast = idle;
    window++;
    askedInLast = asked.getAndSet(0);
  }

  /** Adds the last window that closed. */
  void addTo(Tally into) {
    into.keys(askedInLast, idleInLast, opened.get());
  }
}
