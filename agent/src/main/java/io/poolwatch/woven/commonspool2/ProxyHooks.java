package io.poolwatch.woven.commonspool2;

import static io.poolwatch.woven.commonspool2.CommonsPool2.BREAKER;

import io.poolwatch.guard.ProxiedObject;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Hooks in the proxies that {@code ProxiedObjectPool} and {@code ProxiedKeyedObjectPool} lend
 * instead of objects. A proxy lets go of its object as that is given back, and from then on throws
 * at each call.
 */
public final class ProxyHooks {
  private ProxyHooks() {}

  /** A proxy is about to let go of its object. */
  public static @Nullable ProxiedObject disabling(
      @Nullable Object object, @Nullable ProxiedObject before) {
    try {
      if (object != null && !BREAKER.isOpen()) {
        return ProxiedObject.of(object);
      }
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
    return before;
  }

  /**
   * A method of a proxy is called.
   *
   * @param object null if the proxy has let go of it
   */
  public static void called(
      @Nullable Object object, @Nullable ProxiedObject before, @Nullable Object method) {
    if (object != null || before == null) {
      return;
    }
    try {
      if (method instanceof Method && isUse((Method) method)) {
        before.used();
      }
    } catch (Throwable t) {
      BREAKER.failed(t);
    }
  }

  /** Not so are identity, log calls, questions, and closing once more. */
  private static boolean isUse(Method method) {
    return method.getDeclaringClass() != Object.class
        && !(method.getParameterCount() == 0
            && (method.getReturnType() == boolean.class
                || method.getName().equals("close")
                || method.getName().equals("toString")
                || method.getName().equals("hashCode")));
  }
}
