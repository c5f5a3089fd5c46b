package io.poolwatch.book;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What is known of keys that the library may have forgotten since; of those whose {@code hashCode}
 * is the JDK's own. Two keys with one hash are taken for one, and of more than {@value #PLACES}
 * keys some are forgotten. Refers to no key. Thread-safe, without a lock.
 */
final class KnownKeys {
  private static final int PLACES = 1024;

  private final AtomicReferenceArray<@Nullable Known> places = new AtomicReferenceArray<>(PLACES);

  /** What is known of a key, from now on; null if such a key cannot be known again. */
  KeyShare.@Nullable Account of(Object key) {
    if (!isJdkValue(key)) {
      return null;
    }
    int hash = key.hashCode();
    int place = (hash ^ (hash >>> 10) ^ (hash >>> 20)) & (PLACES - 1);
    Known known = places.get(place);
    if (known == null || known.hash != hash) {
      known = new Known(hash);
      places.set(place, known);
    }
    return known.account;
  }

  private static boolean isJdkValue(Object key) {
    return key instanceof String
        || key instanceof Integer
        || key instanceof Long
        || key instanceof UUID
        || key instanceof Enum;
  }

  private static final class Known {
    final int hash;
    final KeyShare.Account account = new KeyShare.Account();

    Known(int hash) {
      this.hash = hash;
    }
  }
}
