package io.poolwatch.agent.weave;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The pool libraries of which some class was loaded before it could be woven.
 *
 * <p>Woven classes of one library name members that weaving gave to each other. A library of which
 * one class is there already, unwoven, cannot be woven so any more: else a borrow would end in a
 * {@code NoSuchMethodError}. That is so when the agent is attached to a running service, or when
 * another agent that starts earlier uses a pool. It is left alone, or woven late as a whole, {@link
 * LateWeaving}. Loaders are held weakly. Thread-safe.
 */
final class EarlyClasses {
  private final List<Family> families = new ArrayList<>();

  /** Notes a class that is loaded, or about to be, without having been woven. */
  synchronized void add(
      @Nullable ClassLoader loader, String library, String className, String end) {
    String prefix = prefix(className, end);
    if (find(loader, library, prefix) == null) {
      families.add(new Family(loader, library, prefix));
    }
  }

  /** The copy of a library that this class belongs to; null if none of it came too early. */
  synchronized @Nullable Family find(
      @Nullable ClassLoader loader, String library, String className, String end) {
    return families.isEmpty() ? null : find(loader, library, prefix(className, end));
  }

  private @Nullable Family find(@Nullable ClassLoader loader, String library, String prefix) {
    for (Family family : families) {
      if (family.library.equals(library) && family.prefix.equals(prefix) && family.isOf(loader)) {
        return family;
      }
    }
    return null;
  }

  /** The package in which a copy of a library begins: all its classes share it, and others may. */
  private static String prefix(String className, String end) {
    return className.substring(0, className.length() - end.length());
  }

  /** One copy of a library. Thread-safe. */
  static final class Family {
    private final boolean boot;
    private final WeakReference<@Nullable ClassLoader> loader;
    private final String library;
    private final String prefix;

    /** Names of classes that were woven late as they were loaded; null as long as none is to be. */
    private volatile @Nullable Set<String> late;

    Family(@Nullable ClassLoader loader, String library, String prefix) {
      boot = loader == null;
      this.loader = new WeakReference<>(loader);
      this.library = library;
      this.prefix = prefix;
    }

    /** Classes of it that are loaded from now on are woven late, or are not any more. */
    void weaveLate(boolean on) {
      late = on ? ConcurrentHashMap.newKeySet() : null;
    }

    /** Whether a class that is being loaded is to be woven late; then this is remembered. */
    boolean isWovenLate(String className) {
      Set<String> names = late;
      return names != null && names.add(className);
    }

    /** Whether a class was woven late as it was loaded. */
    boolean wasWovenLate(String className) {
      Set<String> names = late;
      return names != null && names.contains(className);
    }

    boolean isOf(@Nullable ClassLoader other) {
      return boot ? other == null : other != null && loader.get() == other;
    }
  }
}
