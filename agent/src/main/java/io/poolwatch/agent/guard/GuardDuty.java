package io.poolwatch.agent.guard;

import io.poolwatch.guard.GuardedClass;
import io.poolwatch.guard.Wards;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the guard into the classes that pools turn out to hold, on the agent's thread. A class is
 * guarded together with its superclasses, those of the JDK excepted. What cannot be guarded is left
 * as it is, and said. Not thread-safe.
 */
public final class GuardDuty {
  private final Instrumentation instrumentation;
  private final GuardTransformer transformer;
  private final Consumer<String> notes;
  private final List<String> coverage = new ArrayList<>();
  private boolean registered;

  /**
   * The duty.
   *
   * @param allowed methods that are no use, by class name, dot and method name
   * @param notes where to say, once a class, what is guarded and what is not
   */
  public GuardDuty(
      Instrumentation instrumentation, Predicate<String> allowed, Consumer<String> notes) {
    this.instrumentation = instrumentation;
    this.notes = notes;
    transformer = new GuardTransformer(new GuardRules(allowed));
  }

  /** Guards the classes that pools came to hold since, and forgets objects that are gone. */
  public void tick() {
    GuardedClass each;
    while ((each = GuardedClass.poll()) != null) {
      Class<?> type = each.type();
      if (type != null && !guard(type)) {
        each.leave();
      }
    }
    Wards.forgetCollected();
  }

  /** What is guarded and what is not, a line a class. */
  public List<String> coverage() {
    return List.copyOf(coverage);
  }

  private boolean guard(Class<?> type) {
    String reason = whyNot(type);
    if (reason != null) {
      say(type.getName() + " is not guarded: " + reason);
      return false;
    }
    int methods = 0;
    StringBuilder rest = new StringBuilder();
    for (Class<?> each = type; each != null && !isOfJdk(each); each = each.getSuperclass()) {
      String failure = weave(each);
      GuardTransformer.Outcome outcome = transformer.outcome(each);
      methods += outcome.guarded;
      if (failure != null) {
        transformer.reject(each);
        rest.append("; not ").append(each.getName()).append(": ").append(failure);
      } else if (!outcome.tooBig.isEmpty()) {
        rest.append("; too big: ").append(outcome.tooBig);
      }
    }
    if (methods == 0) {
      say(type.getName() + " is not guarded: it has no method that is a use" + rest);
      return false;
    }
    say(type.getName() + " is guarded in " + methods + " methods" + rest);
    return true;
  }

  /** Why a class cannot be guarded; null if it can. */
  private @Nullable String whyNot(Class<?> type) {
    if (isOfJdk(type)) {
      return "a class of the JDK";
    }
    if (Proxy.isProxyClass(type)) {
      return "a proxy";
    }
    if (!instrumentation.isRetransformClassesSupported()) {
      return "this JVM does not retransform classes";
    }
    return instrumentation.isModifiableClass(type) ? null : "the JVM allows no change of it";
  }

  private static boolean isOfJdk(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader == null || loader == ClassLoader.getPlatformClassLoader();
  }

  /** Weaves one class; gives the reason if that is not possible. */
  private @Nullable String weave(Class<?> type) {
    if (!instrumentation.isModifiableClass(type)) {
      return "the JVM allows no change of it";
    }
    if (!transformer.choose(type)) {
      return transformer.outcome(type).failure;
    }
    try {
      if (!registered) {
        registered = true;
        instrumentation.addTransformer(transformer, true);
      }
      instrumentation.retransformClasses(type);
      return transformer.outcome(type).failure;
    } catch (Exception | LinkageError | InternalError failure) {
      return failure.toString();
    }
  }

  private void say(String line) {
    coverage.add(line);
    notes.accept("guard: " + line);
  }
}
