package io.poolwatch.agent.guard;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the guard into classes that are loaded already. Once a class is chosen it is woven at
 * every retransformation, whoever asks for one. Thread-safe.
 */
final class GuardTransformer implements ClassFileTransformer {
  private final GuardRules rules;

  /** The chosen classes, weakly; {@code Class} compares by identity. */
  private final Map<Class<?>, Outcome> chosen = Collections.synchronizedMap(new WeakHashMap<>());

  GuardTransformer(GuardRules rules) {
    this.rules = rules;
  }

  /** Chooses a class; false if it was chosen before. */
  boolean choose(Class<?> type) {
    return chosen.putIfAbsent(type, new Outcome()) == null;
  }

  /** It cannot be woven after all. */
  void reject(Class<?> type) {
    chosen.remove(type);
  }

  /** How the weaving of a chosen class went. */
  Outcome outcome(Class<?> type) {
    Outcome outcome = chosen.get(type);
    return outcome == null ? new Outcome() : outcome;
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String className,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    Outcome outcome = redefined == null ? null : chosen.get(redefined);
    if (outcome == null) {
      return null;
    }
    try {
      GuardWeaver weaver = new GuardWeaver(rules, classFile);
      byte[] woven = weaver.weave();
      outcome.guarded = weaver.guarded();
      outcome.tooBig = String.join(", ", weaver.tooBig());
      return woven;
    } catch (Throwable failure) {
      outcome.failure = failure.toString();
      return null;
    }
  }

  /** What came of one class. */
  static final class Outcome {
    /** Methods that ask the guard. */
    volatile int guarded;

    /** Methods that are too big to. */
    volatile String tooBig = "";

    volatile @Nullable String failure;
  }
}
