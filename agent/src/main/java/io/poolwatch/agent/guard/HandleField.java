package io.poolwatch.agent.guard;

import io.poolwatch.memory.Memory;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * Where objects of a recycled class have their handle, by which Netty's Recycler knows them: a
 * field of theirs, since they need it to give themselves back. Immutable.
 */
final class HandleField {
  private static final String[] HANDLES = {
    ".util.Recycler$Handle",
    ".util.Recycler$EnhancedHandle",
    ".util.Recycler$DefaultHandle",
    ".util.internal.ObjectPool$Handle"
  };

  private final Class<?> holder;
  private final String root;
  private final long offset;

  private HandleField(Class<?> holder, String root, long offset) {
    this.holder = holder;
    this.root = root;
    this.offset = offset;
  }

  /**
   * The field of a class or of a superclass.
   *
   * @return null if there is none
   * @throws Throwable if it cannot be read, or a class of a field's type cannot be loaded
   */
  static @Nullable HandleField of(Class<?> type) throws Throwable {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      for (Field field : each.getDeclaredFields()) {
        String root = rootOf(field.getType().getName());
        if (root != null && !Modifier.isStatic(field.getModifiers())) {
          return new HandleField(each, root, Memory.offset(field));
        }
      }
    }
    return null;
  }

  /** The package of the library that a handle is of, with its dot; null if it is no handle. */
  private static @Nullable String rootOf(String typeName) {
    for (String handle : HANDLES) {
      if (typeName.endsWith(handle)) {
        return typeName.substring(0, typeName.length() - handle.length() + 1);
      }
    }
    return null;
  }

  /** Whether a call gives an object back: to a handle, or with its handle to a Recycler. */
  static boolean isReturn(String owner, String method, String descriptor) {
    boolean named = method.equals("recycle") || method.equals("unguardedRecycle");
    return named
        && (rootOf(owner.replace('/', '.')) != null || descriptor.contains("Recycler$Handle;)"));
  }

  /** Whether a class belongs to the library itself. */
  boolean isOfLibrary(Class<?> type) {
    return type.getName().startsWith(root);
  }

  /**
   * What methods of a class of the pooled object ask; null for a superclass of the holder that
   * cannot name it.
   */
  @Nullable Ask askFrom(Class<?> type) {
    if (holder.isAssignableFrom(type)) {
      return Ask.byHandle(offset);
    }
    boolean visible =
        Modifier.isPublic(holder.getModifiers()) && holder.getEnclosingClass() == null
            || holder.getPackageName().equals(type.getPackageName());
    return visible && holder.getClassLoader() == type.getClassLoader()
        ? Ask.byHandleOf(holder, offset)
        : null;
  }
}
