package io.poolwatch.guard;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/**
 * Which classes are Commons Pool's own, in the original and in copies: by the end of their names
 * from its package on, since a service may have a package that is named like it.
 */
public final class PoolClasses {
  private static final String[] PACKAGES = {".pool2.", ".pool3."};

  /** Those with code, of all releases to 2.13.1. */
  private static final Set<String> NAMES =
      Collections.unmodifiableSet(
          new HashSet<>(
              Arrays.asList(
                  "BaseKeyedPooledObjectFactory",
                  "BaseObject",
                  "BaseObjectPool",
                  "BasePooledObjectFactory",
                  "KeyedObjectPool",
                  "KeyedPooledObjectFactory",
                  "ObjectPool",
                  "PoolUtils",
                  "PooledObject",
                  "PooledObjectFactory",
                  "TrackedUse",
                  "UsageTracking",
                  "impl.BaseGenericObjectPool",
                  "impl.DefaultEvictionPolicy",
                  "impl.DefaultPooledObject",
                  "impl.DefaultPooledObjectInfo",
                  "impl.EvictionTimer",
                  "impl.GenericKeyedObjectPool",
                  "impl.GenericObjectPool",
                  "impl.InterruptibleReentrantLock",
                  "impl.LinkedBlockingDeque",
                  "impl.PoolImplUtils",
                  "impl.PooledSoftReference",
                  "impl.SecurityManagerCallStack",
                  "impl.SoftReferenceObjectPool",
                  "impl.ThrowableCallStack",
                  "proxy.BaseProxyHandler",
                  "proxy.CglibProxyHandler",
                  "proxy.CglibProxySource",
                  "proxy.JdkProxyHandler",
                  "proxy.JdkProxySource",
                  "proxy.ProxiedKeyedObjectPool",
                  "proxy.ProxiedObjectPool")));

  private PoolClasses() {}

  /** Whether a class is the pool library's, or nested in one that is; by its binary name. */
  public static boolean include(String className) {
    for (String each : PACKAGES) {
      int at = className.lastIndexOf(each);
      if (at >= 0) {
        int nested = className.indexOf('$', at);
        String name =
            nested < 0
                ? className.substring(at + each.length())
                : className.substring(at + each.length(), nested);
        return NAMES.contains(name);
      }
    }
    return false;
  }
}
