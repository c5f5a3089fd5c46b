package io.poolwatch.agent.guard;

import io.poolwatch.book.Breaker;
import io.poolwatch.book.PoolSystem;
import io.poolwatch.guard.GuardedClass;
import io.poolwatch.guard.Wards;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the guard into the classes that pools turn out to hold, on the agent's thread. A class is
 * guarded together with its superclasses and its own interfaces, as {@link Lineage} has them. What
 * cannot be guarded is left as it is, and said. One thread.
 */
public final class GuardDuty {
  /** Classes that the line about all of them names. */
  private static final int MOST_TOLD = 8;

  private final Instrumentation instrumentation;
  private final List<PoolSystem> systems;
  private final GuardTransformer transformer;
  private final @Nullable Predicate<String> wanted;
  private final Consumer<String> notes;
  private final Consumer<String> summary;
  private final List<String> guarded = new ArrayList<>();
  private final List<String> unguarded = new ArrayList<>();
  private final List<GuardedClass> woven = new ArrayList<>();
  private boolean registered;

  /**
   * The duty.
   *
   * @param systems the libraries whose objects are guarded
   * @param wanted the classes to guard, by name; null for all but Netty's own
   * @param allowed methods that are no use, by class name, dot and method name
   * @param notes where to say, once a class, what is guarded and what is not
   * @param summary where to say at the end, in a line, what is known of all
   */
  public GuardDuty(
      Instrumentation instrumentation,
      List<PoolSystem> systems,
      @Nullable Predicate<String> wanted,
      Predicate<String> allowed,
      Consumer<String> notes,
      Consumer<String> summary) {
    this.instrumentation = instrumentation;
    this.systems = systems;
    this.wanted = wanted;
    this.notes = notes;
    this.summary = summary;
    transformer = new GuardTransformer(new GuardRules(allowed));
  }

  /** Guards the classes that pools came to hold since, and forgets objects that are gone. */
  public void tick() {
    GuardedClass each;
    while ((each = GuardedClass.poll()) != null) {
      Class<?> type = each.type();
      if (type == null) {
        continue;
      }
      if (guard(type, each.isTabled(), each.isHandled())) {
        woven.add(each);
      } else {
        each.leave();
      }
    }
    woven.removeIf(this::isLost);
    Wards.forgetCollected();
  }

  /** Whether a class is gone, or guarded no more. */
  private boolean isLost(GuardedClass each) {
    Class<?> type = each.type();
    if (type != null && each.isTooLively()) {
      guarded.removeIf(type.getName()::equals);
      leave(type, "its idle objects call themselves all the time");
    }
    return type == null || each.isTooLively();
  }

  /** Says what is guarded and what is not and why; nothing if no pool held anything to guard. */
  public void close() {
    if (guarded.isEmpty() && unguarded.isEmpty()) {
      return;
    }
    summary.accept(
        "guarded against use after return: "
            + (guarded.isEmpty() ? "no class" : few(guarded))
            + (unguarded.isEmpty() ? "" : "; not guarded: " + few(unguarded))
            + failures());
    if (guarded.size() > MOST_TOLD) {
      say("guarded are " + String.join(", ", guarded));
    }
    if (unguarded.size() > MOST_TOLD) {
      say("not guarded are " + String.join(", ", unguarded));
    }
  }

  /** Names of the classes of which objects are guarded. */
  public List<String> guarded() {
    return new ArrayList<>(guarded);
  }

  /** Names of the classes of which objects are not guarded, each with the reason. */
  public List<String> unguarded() {
    return new ArrayList<>(unguarded);
  }

  /** In which pools the guard is off, because it failed. */
  private String failures() {
    StringBuilder off = new StringBuilder();
    for (PoolSystem system : systems) {
      Breaker failures = system.guard();
      if (failures.isOpen()) {
        off.append("; off in pools of ").append(system.id()).append(", having failed ");
        off.append(failures.failures()).append(" times: ").append(failures.first());
      }
    }
    return off.toString();
  }

  private static String few(List<String> classes) {
    String listed = classes.stream().limit(MOST_TOLD).collect(Collectors.joining(", "));
    int more = classes.size() - MOST_TOLD;
    return more > 0 ? listed + " and " + more + " more" : listed;
  }

  private boolean guard(Class<?> type, boolean tags, boolean handles) {
    String reason = whyNot(type);
    if (reason != null) {
      return leave(type, reason);
    }
    Weaving weaving = new Weaving(type);
    if (tags) {
      weaving.byTags();
    }
    if (handles) {
      String reasonByHandle = weaveByHandle(type, weaving);
      if (reasonByHandle != null && !tags) {
        return leave(type, reasonByHandle);
      }
    }
    return weaving.isDone();
  }

  private boolean leave(Class<?> type, String reason) {
    String line = type.getTypeName() + " (" + reason + ")";
    if (!unguarded.contains(line)) { // by its tag and by its handle
      unguarded.add(line);
    }
    say(type.getTypeName() + " is not guarded: " + reason);
    return false;
  }

  /** Why objects cannot be guarded by their handle; null if they are. */
  private @Nullable String weaveByHandle(Class<?> type, Weaving weaving) {
    HandleField field;
    try {
      field = HandleField.of(type);
    } catch (Throwable unreadable) {
      return "its fields cannot be read: " + unreadable;
    }
    if (field == null) {
      return "its handle is in no field";
    }
    if (field.isOfLibrary(type) && !isNamed(type)) {
      return "it is Netty's own; guard.classes can name it";
    }
    weaving.byHandle(field);
    return null;
  }

  private boolean isNamed(Class<?> type) {
    return wanted != null && wanted.test(type.getName());
  }

  /** Why a class cannot be guarded; null if it can. */
  private @Nullable String whyNot(Class<?> type) {
    if (Lineage.isOfJdk(type)) {
      return "a class of the JDK";
    }
    if (wanted != null && !wanted.test(type.getName())) {
      return "guard.classes does not name it";
    }
    if (Proxy.isProxyClass(type)) {
      return "a proxy";
    }
    if (!instrumentation.isRetransformClassesSupported()) {
      return "this JVM does not retransform classes";
    }
    return instrumentation.isModifiableClass(type) ? null : "the JVM allows no change of it";
  }

  /** Weaves one class; gives the reason if that is not possible. */
  private @Nullable String weave(Class<?> type, Ask ask, Set<String> givingBack) {
    if (!instrumentation.isModifiableClass(type)) {
      return "the JVM allows no change of it";
    }
    if (!transformer.choose(type, ask, givingBack)) {
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
    notes.accept("guard: " + line);
  }

  /** Weaves a class and its superclasses, and says what came of it. */
  private final class Weaving {
    private final Class<?> type;
    private final StringBuilder rest = new StringBuilder();
    private int methods;

    Weaving(Class<?> type) {
      this.type = type;
    }

    void byTags() {
      Set<String> givingBack = new HashSet<>();
      for (Class<?> each : Lineage.of(type)) {
        weaveOne(each, Ask.BY_TAG, givingBack);
        givingBack.addAll(transformer.outcome(each).givingBack);
      }
    }

    void byHandle(HandleField field) {
      Set<String> givingBack = new HashSet<>();
      for (Class<?> each : Lineage.of(type)) {
        if (field.isOfLibrary(each) && !isNamed(each)) {
          rest.append("; not ").append(each.getName()).append(": it is Netty's own");
          continue;
        }
        Ask ask = field.askFrom(each);
        if (ask == null) {
          rest.append("; not ").append(each.getName()).append(": it cannot see its subclass");
          continue;
        }
        weaveOne(each, ask, givingBack);
        givingBack.addAll(transformer.outcome(each).givingBack);
      }
    }

    private void weaveOne(Class<?> each, Ask ask, Set<String> givingBack) {
      String failure = weave(each, ask, givingBack);
      GuardTransformer.Chosen outcome = transformer.outcome(each);
      methods += outcome.guarded;
      if (failure != null) {
        transformer.reject(each);
        rest.append("; not ").append(each.getName()).append(": ").append(failure);
        return;
      }
      if (!outcome.tooBig.isEmpty()) {
        rest.append("; too big: ").append(outcome.tooBig);
      }
      if (each.isInterface()) {
        GuardedClass.weaveInterface(each);
      }
    }

    boolean isDone() {
      if (methods == 0) {
        return leave(type, "it has no method that is a use" + rest);
      }
      guarded.add(type.getName());
      say(type.getName() + " is guarded in " + methods + " methods" + rest);
      return true;
    }
  }
}
