package io.poolwatch.agent.weave;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Weaves pool classes that were loaded before the agent. Their code alone can be changed then, and
 * what it calls is the same as that of classes woven as they load, but for where books are found.
 *
 * <p>All classes of one copy of a library are changed at once: the JVM stops the service for that.
 * If one of them cannot be woven, or the JVM refuses, all are left or put back as they were. Once
 * woven they are woven at every retransformation, whoever asks for one.
 */
public final class LateWeaving implements ClassFileTransformer {
  private final PoolTransformer pools;
  private final Instrumentation instrumentation;
  private final WeaveContext context;

  /** The classes that are woven so, weakly; {@code Class} compares by identity. */
  private final Set<Class<?>> chosen =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  /** Why the weaving that goes on cannot go through. */
  private volatile @Nullable Throwable failure;

  LateWeaving(PoolTransformer pools, Instrumentation instrumentation, WeaveContext context) {
    this.pools = pools;
    this.instrumentation = instrumentation;
    this.context = context;
  }

  /**
   * Weaves them; to be called once, by one thread of the agent's own.
   *
   * @return names of those that stay as they were
   */
  public List<String> weave() {
    Map<EarlyClasses.Family, List<Class<?>>> families = families();
    List<String> left = new ArrayList<>();
    boolean possible =
        !families.isEmpty()
            && instrumentation.isRetransformClassesSupported()
            && context.prepareBoot();
    if (possible) {
      instrumentation.addTransformer(this, true);
    }
    families.forEach(
        (family, classes) -> {
          if (!possible
              || !pools.libraryOf(classes.get(0)).isWovenLate()
              || !isWoven(family, classes)) {
            classes.forEach(each -> left.add(each.getName()));
          }
        });
    if (possible && chosen.isEmpty()) {
      instrumentation.removeTransformer(this);
    }
    return left;
  }

  private Map<EarlyClasses.Family, List<Class<?>>> families() {
    Map<EarlyClasses.Family, List<Class<?>>> families = new LinkedHashMap<>();
    for (Class<?> each : instrumentation.getAllLoadedClasses()) {
      EarlyClasses.Family family = pools.earlyFamilyOf(each);
      if (family != null) {
        families.computeIfAbsent(family, key -> new ArrayList<>()).add(each);
      }
    }
    return families;
  }

  private boolean isWoven(EarlyClasses.Family family, List<Class<?>> classes) {
    PoolLibrary library = pools.libraryOf(classes.get(0));
    // From now on those that come are woven as they load.
    family.weaveLate(true);
    List<Class<?>> present = new ArrayList<>();
    for (Class<?> each : families().getOrDefault(family, classes)) {
      if (!family.wasWovenLate(each.getName().replace('.', '/'))
          && !context.isExcluded(PoolTransformer.outermost(each.getName().replace('.', '/')))) {
        present.add(each);
      }
    }
    long start = System.nanoTime();
    Throwable refusal = retransform(present);
    if (refusal == null) {
      long nanos = (System.nanoTime() - start) / Math.max(1, present.size());
      present.forEach(each -> context.woven(library.id(), each.getName(), nanos));
      return true;
    }
    family.weaveLate(false);
    if (refusal instanceof ShapeMismatch) {
      context.refused(library.id(), String.valueOf(refusal.getMessage()));
    } else {
      context.failed(library.id(), classes.get(0).getName(), refusal);
    }
    return false;
  }

  /** Why it failed, in which case all are as before; else null. */
  private @Nullable Throwable retransform(List<Class<?>> classes) {
    Class<?>[] all = classes.toArray(new Class<?>[0]);
    chosen.addAll(classes);
    failure = null;
    Throwable refusal;
    try {
      instrumentation.retransformClasses(all);
      refusal = failure;
      if (refusal == null) {
        return null;
      }
    } catch (Throwable refused) { // whatever the JVM or another transformer thinks of
      refusal = refused;
    }
    chosen.removeAll(classes);
    try {
      instrumentation.retransformClasses(all); // those that could be woven
    } catch (Throwable ignored) {
      return refusal; // nothing was changed before, or what was is woven and does no harm
    }
    return refusal;
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String className,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    if (redefined == null || !chosen.contains(redefined)) {
      return null;
    }
    try {
      return pools.weaveLate(redefined, classFile);
    } catch (Throwable unknown) {
      failure = unknown;
      return null;
    }
  }
}
