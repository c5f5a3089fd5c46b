package io.poolwatch.fingerprint;

import io.poolwatch.book.Companion;
import io.poolwatch.violation.Sighting;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Watches what one pool's objects have in their fields as they come back.
 *
 * <p>The first returns show what is usual: for each field the word that it has most often. A field
 * that has it in nine returns of ten is one that is reset, and every return that has something else
 * in it, and not nothing, is dirty. All other fields change as the pool is used, and nothing is
 * said of them. The usual word is the pool's and not the object's: so nothing is kept for each
 * object, and an object whose very first return was dirty does not make its clean ones look so.
 *
 * <p>Only objects of the class that came first are looked at. Thread-safe, without a lock.
 */
final class ResetWatch implements Companion {
  /** Returns that show what is usual. */
  static final int TRIAL = 100;

  /** A field that has its usual word more rarely, of so many returns, is not reset. */
  static final int RESET_IN = 90;

  /** Of objects with more fields these first ones are looked at. */
  private static final int MOST_FIELDS = 64;

  private final ReturnWords words;
  private final int fields;
  private final AtomicInteger taken = new AtomicInteger();
  private final AtomicInteger filled = new AtomicInteger();
  private final AtomicLong looked = new AtomicLong();
  private final AtomicLongArray dirty;

  /** What the trial showed, by field and return; null once it is over. */
  private volatile long @Nullable [][] trial;

  /** The usual word of each field, once the trial is over. */
  private volatile long @Nullable [] usual;

  /** Whether a field is reset; written before {@link #usual}. */
  private final boolean[] reset;

  /** The first dirty return after the trial. */
  private volatile @Nullable Sighting seen;

  ResetWatch(ReturnWords words) {
    this.words = words;
    fields = Math.min(MOST_FIELDS, words.count());
    dirty = new AtomicLongArray(fields);
    reset = new boolean[fields];
    trial = new long[fields][TRIAL];
  }

  /** An object comes back. */
  void returned(Object object) throws Throwable {
    if (!words.fit(object)) {
      return;
    }
    long[] known = usual;
    if (known == null) {
      learn(object);
    } else {
      compare(object, known);
    }
  }

  private void learn(Object object) throws Throwable {
    long[][] samples = trial;
    int place = samples == null ? TRIAL : taken.get();
    if (samples == null || place >= TRIAL || !taken.compareAndSet(place, place + 1)) {
      return; // of two returns at a time one teaches
    }
    for (int field = 0; field < fields; field++) {
      samples[field][place] = words.read(object, field);
    }
    if (filled.incrementAndGet() == TRIAL) {
      judge(samples);
    }
  }

  private void judge(long[][] samples) {
    long[] found = new long[fields];
    for (int field = 0; field < fields; field++) {
      long most = mostFrequent(samples[field]);
      int others = 0;
      for (long word : samples[field]) {
        others += word == most ? 0 : 1;
      }
      found[field] = most;
      reset[field] = others <= TRIAL - RESET_IN;
      if (reset[field]) {
        for (long word : samples[field]) {
          if (isDirt(word, most)) {
            dirty.incrementAndGet(field);
          }
        }
      }
    }
    looked.set(TRIAL);
    usual = found;
    trial = null;
  }

  static long mostFrequent(long[] words) {
    long most = words[0];
    int best = 0;
    for (long candidate : words) {
      int count = 0;
      for (long word : words) {
        count += word == candidate ? 1 : 0;
      }
      if (count > best) {
        best = count;
        most = candidate;
      }
    }
    return most;
  }

  private void compare(Object object, long[] known) throws Throwable {
    looked.incrementAndGet();
    boolean clean = true;
    for (int field = 0; field < fields; field++) {
      if (reset[field] && isDirt(words.read(object, field), known[field])) {
        dirty.incrementAndGet(field);
        clean = false;
      }
    }
    if (!clean && seen == null) {
      seen = Sighting.now(0);
    }
  }

  /** What is not there is no dirt, be it usual or not. */
  private static boolean isDirt(long word, long usual) {
    return word != usual && word != 0;
  }

  /** What is known by now; null as long as nobody can say what is usual. */
  @Nullable ResetReading reading() {
    long[] known = usual;
    if (known == null) {
      return null;
    }
    // Dirty ones first: they must not be more than all.
    ResetReading reading = new ResetReading(words.className(), seen);
    for (int field = 0; field < fields; field++) {
      if (reset[field]) {
        reading.add(words.name(field), dirty.get(field), meaning(known[field], field));
      } else {
        reading.addUnsteady(words.name(field));
      }
    }
    reading.returns(looked.get());
    return reading;
  }

  private String meaning(long word, int field) {
    if (word != 0) {
      return "another value";
    }
    return words.isReference(field) ? "null or empty" : "0";
  }
}
