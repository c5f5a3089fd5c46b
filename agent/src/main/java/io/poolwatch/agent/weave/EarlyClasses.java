package io.poolwatch.agent.weave;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pool libraries of which some class was loaded before it could be woven.
 *
 * <p>Woven classes of one library name members that weaving gave to each other. A library of which
 * one class is there already, unwoven, must be left alone as a whole: else a borrow would end in a
 * {@code NoSuchMethodError}. That is so when the agent is attached to a running service, or when
 * another agent that starts earlier uses a pool. Loaders are held weakly. Thread-safe.
 */
final class EarlyClasses {
  private final List<Family> families = new ArrayList<>();

  /** Notes a class that is loaded, or about to be, without having been woven. */
  synchronized void add(@Nullable ClassLoader loader, String className, String end) {
    String prefix = prefix(className, end);
    if (!holds(loader, prefix)) {
      families.add(new Family(loader, prefix));
    }
  }

  /** Whether the copy of the library that this class belongs to must be left alone. */
  synchronized boolean contains(@Nullable ClassLoader loader, String className, String end) {
    return !families.isEmpty() && holds(loader, prefix(className, end));
  }

  private boolean holds(@Nullable ClassLoader loader, String prefix) {
    for (Family family : families) {
      if (family.prefix.equals(prefix) && family.isOf(loader)) {
        return true;
      }
    }
    return false;
  }

  /** The package in which a copy of a library begins: all its classes share it. */
  private static String prefix(String className, String end) {
    return className.substring(0, className.length() - end.length());
  }

  private static final class Family {
    private final boolean boot;
    private final WeakReference<@Nullable ClassLoader> loader;
    final String prefix;

    Family(@Nullable ClassLoader loader, String prefix) {
      boot = loader == null;
      this.loader = new WeakReference<>(loader);
      this.prefix = prefix;
    }

    boolean isOf(@Nullable ClassLoader other) {
      return boot ? other == null : other != null && loader.get() == other;
    }
  }
}
