package io.poolwatch.agent.guard;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The classes whose methods an object has and that are guarded with it: its class, its superclasses
 * without those of the JDK, and, for their default methods, its own interfaces.
 *
 * <p>A class has few subclasses; an interface of a library may be implemented by half of the
 * service (a trait of Scala's collections, say), which would ask the guard for nothing then. So its
 * own are those that lie in a package of the same root, by its first two names, as one of its
 * classes.
 */
final class Lineage {
  private final Set<Class<?>> own = new LinkedHashSet<>();
  private final Set<Class<?>> interfaces = new LinkedHashSet<>();

  private Lineage() {}

  /** The lineage of a class, from itself on. */
  static Set<Class<?>> of(Class<?> type) {
    Lineage lineage = new Lineage();
    Set<String> roots = new HashSet<>();
    for (Class<?> each = type; each != null && !isOfJdk(each); each = each.getSuperclass()) {
      lineage.own.add(each);
      lineage.addInterfaces(each);
      roots.add(rootOf(each));
    }
    for (Class<?> each : lineage.interfaces) {
      if (!isOfJdk(each) && roots.contains(rootOf(each)) && DefaultMethods.mayBeIn(each)) {
        lineage.own.add(each);
      }
    }
    return lineage.own;
  }

  private void addInterfaces(Class<?> of) {
    for (Class<?> each : of.getInterfaces()) {
      if (interfaces.add(each)) {
        addInterfaces(each);
      }
    }
  }

  private static String rootOf(Class<?> type) {
    String name = type.getPackageName();
    int second = name.indexOf('.', name.indexOf('.') + 1);
    return second < 0 ? name : name.substring(0, second);
  }

  /** Whether a class is everybody's, and left alone. */
  static boolean isOfJdk(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader == null || loader == ClassLoader.getPlatformClassLoader();
  }
}
