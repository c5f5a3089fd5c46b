package io.poolwatch.woven.commonspool2;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * What a factory does beyond making objects, by the classes that declare its methods. They are
 * looked up one by one, by name and descriptor, as a call of them would be: to list them would load
 * classes of the service. Immutable.
 */
final class FactoryWay {
  private static final String BASE_END = "BasePooledObjectFactory";
  private static final String RECORD = "impl.DefaultPooledObject";

  /** Why its objects cannot be let go, in a clause; null if they can. */
  final @Nullable String refusal;

  /**
   * Whether it does nothing but {@code create}, and {@code wrap} nothing but a record: then nobody
   * misses the record of an object.
   */
  final boolean bare;

  /** The library's own class of records; null if it is refused. */
  private final @Nullable Class<?> record;

  private FactoryWay(@Nullable String refusal, boolean bare, @Nullable Class<?> record) {
    this.refusal = refusal;
    this.bare = bare;
    this.record = record;
  }

  /** Whether a record can let go of its object: one of the library's own, and of no subclass. */
  boolean isLoose(Object pooled) {
    return pooled.getClass() == record && pooled instanceof LooseRecord;
  }

  /** The same factory, once it has made a record of another class. */
  FactoryWay withRecords(Class<?> type) {
    return refused(
        "its factory makes records of its own, of "
            .concat(type.getName())
            .concat(", which may keep what is lent without it from being collected"));
  }

  /** Looks at a factory. For the agent's thread; some milliseconds. */
  static FactoryWay of(@Nullable Object factory) {
    if (factory == null) {
      return refused("it has no factory");
    }
    Class<?> type = factory.getClass();
    Class<?> base = base(type);
    if (base == null) {
      return refused(
          "its factory "
              .concat(type.getName())
              .concat(
                  " does not extend BasePooledObjectFactory, so that it is not known whether objects"
                      + " can be let go without being destroyed"));
    }
    try {
      return of(type, base);
    } catch (IllegalAccessException closed) {
      return refused(
          "its factory "
              .concat(type.getName())
              .concat(" cannot be looked at; its module would have to open that package"));
    } catch (ReflectiveOperationException | LinkageError unknown) {
      return refused("its factory cannot be looked at: ".concat(unknown.getClass().getName()));
    }
  }

  private static FactoryWay of(Class<?> type, Class<?> base) throws ReflectiveOperationException {
    String library = base.getName().substring(0, base.getName().length() - BASE_END.length());
    Class<?> record = Class.forName(library.concat("PooledObject"), false, base.getClassLoader());
    MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
    MethodType event = MethodType.methodType(void.class, record);
    Class<?> destroys = declaring(lookup, type, "destroyObject", event);
    if (destroys != base) {
      return destroying(destroys);
    }
    destroys = destroyingByMode(lookup, type, base, record);
    if (destroys != null && !isOfLibrary(destroys, library)) {
      return destroying(destroys);
    }
    Class<?> made = Class.forName(library.concat(RECORD), false, base.getClassLoader());
    boolean bare =
        declaring(lookup, type, "makeObject", MethodType.methodType(record)) == base
            && declaring(lookup, type, "activateObject", event) == base
            && declaring(lookup, type, "passivateObject", event) == base
            && declaring(
                    lookup, type, "validateObject", MethodType.methodType(boolean.class, record))
                == base
            && UnpooledHooks.isPlainWrap(lookup, type, record, made);
    return new FactoryWay(null, bare, made);
  }

  /** The library's class, which is the only one that says of itself that it is woven. */
  private static @Nullable Class<?> base(Class<?> type) {
    Class<?> base = null;
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      if (FactoryBase.class.isAssignableFrom(each)) {
        base = each;
      }
    }
    return base != null && base.getName().endsWith(".".concat(BASE_END)) ? base : null;
  }

  /** From 2.9 on objects are destroyed in a mode; before, null. */
  private static @Nullable Class<?> destroyingByMode(
      MethodHandles.Lookup lookup, Class<?> type, Class<?> base, Class<?> record)
      throws ReflectiveOperationException {
    try {
      Class<?> mode =
          Class.forName(
              record.getName().replace("PooledObject", "DestroyMode"),
              false,
              base.getClassLoader());
      return declaring(
          lookup, type, "destroyObject", MethodType.methodType(void.class, record, mode));
    } catch (ClassNotFoundException | NoSuchMethodException older) {
      return null;
    }
  }

  private static boolean isOfLibrary(Class<?> declaring, String library) {
    return declaring.isInterface()
        && declaring.getName().equals(library.concat("PooledObjectFactory"));
  }

  /** The class whose method a call of it would run. */
  private static Class<?> declaring(
      MethodHandles.Lookup lookup, Class<?> type, String method, MethodType signature)
      throws ReflectiveOperationException {
    // A virtual one would be said to be of this class if it is an interface's default.
    return lookup
        .revealDirect(lookup.findSpecial(type, method, signature, type))
        .getDeclaringClass();
  }

  private static FactoryWay destroying(Class<?> declaring) {
    return refused(
        "its objects have to be destroyed, by destroyObject of "
            .concat(declaring.getName())
            .concat(", and what is lent without the pool would not be"));
  }

  private static FactoryWay refused(String why) {
    return new FactoryWay(why, false, null);
  }
}
