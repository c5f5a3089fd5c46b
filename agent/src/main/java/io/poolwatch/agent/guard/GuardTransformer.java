package io.poolwatch.agent.guard;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the guard into classes that are loaded already. Once a class is chosen it is woven at
 * every retransformation, whoever asks for one. Thread-safe.
 */
final class GuardTransformer implements ClassFileTransformer {
  private final GuardRules rules;

  /** The chosen classes, weakly; {@code Class} compares by identity. */
  private final Map<Class<?>, Chosen> chosen = Collections.synchronizedMap(new WeakHashMap<>());

  GuardTransformer(GuardRules rules) {
    this.rules = rules;
  }

  /**
   * Chooses a class.
   *
   * @param givingBack methods of its subclasses that give their object back
   * @return false if nothing is new about it
   */
  boolean choose(Class<?> type, Ask ask, Set<String> givingBack) {
    Chosen known = chosen.computeIfAbsent(type, key -> new Chosen());
    boolean isNew = known.asks.addIfAbsent(ask);
    known.givingBack.addAll(givingBack);
    return isNew;
  }

  /** It cannot be woven after all. */
  void reject(Class<?> type) {
    chosen.remove(type);
  }

  /** How the weaving of a class went. */
  Chosen outcome(Class<?> type) {
    Chosen known = chosen.get(type);
    return known == null ? new Chosen() : known;
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String className,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    Chosen outcome = redefined == null ? null : chosen.get(redefined);
    if (outcome == null) {
      return null;
    }
    try {
      GuardWeaver weaver = new GuardWeaver(rules, classFile, outcome.asks, outcome.givingBack);
      byte[] woven = weaver.weave();
      outcome.guarded = weaver.guarded();
      outcome.tooBig = String.join(", ", weaver.tooBig());
      return woven;
    } catch (Throwable failure) {
      outcome.failure = failure.toString();
      return null;
    }
  }

  /** What is asked in one class, and what came of it. */
  static final class Chosen {
    final CopyOnWriteArrayList<Ask> asks = new CopyOnWriteArrayList<>();

    /** Methods that give their object back, by name and descriptor. */
    final Set<String> givingBack = ConcurrentHashMap.newKeySet();

    /** Methods that ask the guard. */
    volatile int guarded;

    /** Methods that are too big to. */
    volatile String tooBig = "";

    volatile @Nullable String failure;
  }
}
