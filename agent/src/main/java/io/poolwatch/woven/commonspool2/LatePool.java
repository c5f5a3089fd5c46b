package io.poolwatch.woven.commonspool2;

import static io.poolwatch.woven.commonspool2.CommonsPool2.BREAKER;

import io.poolwatch.book.Books;
import io.poolwatch.book.KeyShare;
import io.poolwatch.book.Life;
import io.poolwatch.book.ObjectBook;
import io.poolwatch.book.PoolLooks;
import io.poolwatch.memory.Memory;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One pool whose class was loaded before the agent. If it was in use by then, the agent's thread
 * looks into it now and then, without a lock and without a call of its methods: into the map that
 * it has of its objects, and the state of each. All but the book belongs to that thread.
 */
final class LatePool {
  private static final long OFTEN_NANOS = 1_000_000_000L;
  private static final long RARELY_NANOS = 10_000_000_000L;

  /** Looks after which they become rare. */
  private static final int OFTEN = 10;

  /** A look waits so many times as long as the one before took. */
  private static final int SHARE = 200;

  private static final int NO_FIELD = -1;

  /** What ends the names of the library's pools. */
  private static final String GENERIC = ".impl.GenericObjectPool";

  private static final String KEYED = ".impl.GenericKeyedObjectPool";
  private static final String SOFT = ".impl.SoftReferenceObjectPool";
  private static final String BASE = ".impl.BaseGenericObjectPool";
  private static final String RECORD = ".impl.DefaultPooledObject";

  final ObjectBook book;

  private volatile boolean isOpened;
  private int looks;
  private long next;
  private boolean failed;

  private final PoolLooks compared;

  LatePool(ObjectBook book) {
    this.book = book;
    compared = new PoolLooks(book);
  }

  /**
   * Looks into the pool if that is due.
   *
   * @return why it cannot be looked into, once; else null
   */
  @Nullable String look(Object pool, long nowNanos) {
    if (!book.isInherited() && !isOpened) {
      openLate(pool);
    }
    if (!book.isInherited() || failed || BREAKER.isOpen() || looks > 0 && nowNanos - next < 0) {
      return null;
    }
    long start = System.nanoTime();
    boolean isSoft;
    try {
      Class<?> own = libraryClass(pool.getClass());
      if (own == null) {
        throw new IllegalStateException("unknown kind of pool");
      }
      if (looks == 0) {
        learn(pool, own);
      }
      take(pool, own);
      isSoft = own.getName().endsWith(SOFT);
    } catch (Throwable unreadable) {
      failed = true; // and stays unsettled: it is not reported
      return pool.getClass().getName() + " cannot be looked into: " + unreadable;
    }
    compared.over(!isSoft); // of those a look may miss one
    book.settled();
    long period = ++looks < OFTEN ? OFTEN_NANOS : RARELY_NANOS;
    next = nowNanos + Math.max(period, SHARE * (System.nanoTime() - start));
    return null;
  }

  /** The pool is ready for use. */
  void opened(Object pool) {
    isOpened = true;
    Books.register(pool, book);
  }

  /** One whose constructor began before its class was woven, and did not tell of its end. */
  private void openLate(Object pool) {
    if (++looks > 2 && libraryClass(pool.getClass()) != null) {
      opened(pool);
    }
  }

  /** The library's own class of a pool, which may be a subclass of the service's. */
  private static @Nullable Class<?> libraryClass(Class<?> type) {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      String name = each.getName();
      if (name.endsWith(GENERIC) || name.endsWith(KEYED) || name.endsWith(SOFT)) {
        return each;
      }
    }
    return null;
  }

  private void learn(Object pool, Class<?> own) throws Throwable {
    book.facts().factory(reference(pool, own, "factory"));
    if (own.getName().endsWith(SOFT)) {
      return;
    }
    Class<?> base = own.getSuperclass();
    if (!base.getName().endsWith(BASE)) {
      throw new IllegalStateException("unknown base class");
    }
    book.totalLimit(Memory.getInt(pool, offset(base, "maxTotal")));
    if (own.getName().endsWith(GENERIC)) {
      book.idleLimit(Memory.getInt(pool, offset(own, "maxIdle")));
    }
    for (Field field : base.getDeclaredFields()) {
      if (field.getType().getName().equals("javax.management.ObjectName")) {
        book.facts().name(nameIn(Memory.getReference(pool, Memory.offset(field))));
      }
    }
  }

  /** What the service named the pool for JMX: the number that the library adds stays with it. */
  private static @Nullable String nameIn(@Nullable Object objectName) {
    String all = objectName == null ? "" : objectName.toString();
    int start = all.lastIndexOf(",name=");
    String name = start < 0 ? "" : all.substring(start + ",name=".length());
    return name.isEmpty() || name.matches("pool\\d*") ? null : name;
  }

  private void take(Object pool, Class<?> own) throws Throwable {
    if (own.getName().endsWith(SOFT)) {
      takeList((ArrayList<?>) reference(pool, own, "allReferences"));
    } else if (own.getName().endsWith(GENERIC)) {
      takeAll(reference(pool, own, "allObjects"), null);
    } else {
      for (Object keyRecord : map(reference(pool, own, "poolMap")).values()) {
        takeAll(
            reference(keyRecord, keyRecord.getClass(), "allObjects"),
            LateHooks.keyShare(keyRecord));
      }
    }
  }

  private void takeAll(@Nullable Object records, @Nullable KeyShare key) throws Throwable {
    for (Object pooled : map(records).values()) {
      takeOne(pooled, key);
    }
  }

  /**
   * Whoever changes the list holds the pool's lock, which is not taken here: some may be missed.
   */
  private void takeList(@Nullable ArrayList<?> records) throws Throwable {
    for (int i = 0; records != null && i < records.size(); i++) {
      Object pooled;
      try {
        pooled = records.get(i);
      } catch (IndexOutOfBoundsException shrunk) {
        return;
      }
      if (pooled != null) {
        takeOne(pooled, null);
      }
    }
  }

  private void takeOne(Object pooled, @Nullable KeyShare key) throws Throwable {
    long offset = stateOffset(pooled.getClass());
    if (offset == NO_FIELD) {
      // A record of the service's own, which is not asked: it is taken in as it is used.
      Life used = Lives.known(pooled);
      if (used != null) {
        compared.has(used);
      }
      return;
    }
    Object state = Memory.getReference(pooled, offset);
    String word = state instanceof Enum ? ((Enum<?>) state).name() : "";
    boolean lent = word.equals("ALLOCATED") || word.equals("RETURNING") || word.equals("ABANDONED");
    Life life = Lives.known(pooled);
    if (life == null) {
      if (word.equals("INVALID")) {
        return; // it is being destroyed
      }
      life = Lives.of(pooled, null);
      book.found(life, lent);
    } else if (life.isUnborn()) {
      return; // it is being made, or taken in
    }
    if (key != null) {
      book.foundUnder(life, key);
    }
    compared.says(life, lent);
  }

  /** A weakly consistent view of the pool's map, of which no key is asked anything. */
  private static Map<?, ?> map(@Nullable Object map) {
    if (map == null || map.getClass() != ConcurrentHashMap.class) {
      throw new IllegalStateException("unknown kind of map");
    }
    return (Map<?, ?>) map;
  }

  private static long stateOffset(Class<?> type) throws Throwable {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      if (each.getName().endsWith(RECORD)) {
        return offset(each, "state");
      }
    }
    return NO_FIELD;
  }

  private static @Nullable Object reference(Object object, Class<?> own, String field)
      throws Throwable {
    return Memory.getReference(object, offset(own, field));
  }

  private static long offset(Class<?> own, String field) throws Throwable {
    return Memory.offset(own.getDeclaredField(field));
  }
}
