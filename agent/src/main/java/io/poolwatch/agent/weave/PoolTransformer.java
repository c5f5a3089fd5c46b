package io.poolwatch.agent.weave;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sees every class that the service loads, and weaves those of pool libraries.
 *
 * <p>For all others it compares ends of names and nothing else: no class of ASM is loaded before a
 * pool class is seen. Never throws: a class that cannot be woven is loaded as it is.
 */
public final class PoolTransformer implements ClassFileTransformer {
  private final WeaveContext context;
  private final PoolLibrary[] libraries;
  private final String[] ends;
  private final int[] libraryOfEnd;

  /** What the last letters of {@link #ends} leave set; most names are told apart by theirs. */
  private final long lastLetters;

  private final EarlyClasses early = new EarlyClasses();
  private volatile boolean active;

  /**
   * A transformer.
   *
   * @param context the agent around it
   * @param libraries the libraries that are switched on
   */
  public PoolTransformer(WeaveContext context, List<? extends PoolLibrary> libraries) {
    this.context = context;
    this.libraries = libraries.toArray(new PoolLibrary[0]);
    int count = 0;
    for (PoolLibrary library : this.libraries) {
      count += library.classNameEnds().size();
    }
    ends = new String[count];
    libraryOfEnd = new int[count];
    int next = 0;
    long letters = 0;
    for (int i = 0; i < this.libraries.length; i++) {
      for (String end : this.libraries[i].classNameEnds()) {
        letters |= lastLetters(end);
        ends[next] = end;
        libraryOfEnd[next++] = i;
      }
    }
    lastLetters = letters;
  }

  /**
   * Begins to weave. To be called once, after this transformer was registered: what is loaded until
   * then stays as it is, and so do all classes that belong together with it.
   *
   * @param loaded all classes that are loaded now
   * @return binary names of the pool classes that came too early
   */
  public List<String> begin(Class<?>[] loaded) {
    List<String> tooEarly = new ArrayList<>();
    for (Class<?> each : loaded) {
      String name = each.getName();
      if (!mayBeOfPool(name)) {
        continue;
      }
      // Arrays and hidden classes have names of another form, and end as no class of a pool does.
      String internal = name.replace('.', '/');
      int end = endOf(internal);
      if (end >= 0 && each.getClassLoader() != context.agentLoader()) {
        early.add(each.getClassLoader(), libraryOfEnd(end).id(), internal, ends[end]);
        tooEarly.add(name);
      }
    }
    active = true;
    return tooEarly;
  }

  /** Whether a name, with dots or slashes, ends like one of {@link #ends}; runs interpreted. */
  private boolean mayBeOfPool(String className) {
    return (lastLetters & lastLetters(className)) != 0;
  }

  /** One bit, by the last two letters of a name. */
  private static long lastLetters(String name) {
    int last = name.length() - 1;
    return last < 1 ? 0 : 1L << (name.charAt(last) + 5 * name.charAt(last - 1));
  }

  /** Weaves the classes that came too early, as far as that is possible. */
  public LateWeaving late(Instrumentation instrumentation) {
    return new LateWeaving(this, instrumentation, context);
  }

  /** The copy of a library that a loaded class belongs to if that came too early; else null. */
  EarlyClasses.@Nullable Family earlyFamilyOf(Class<?> type) {
    String name = type.getName().replace('.', '/');
    int end = endOf(name);
    return end < 0 || type.getClassLoader() == context.agentLoader()
        ? null
        : early.find(type.getClassLoader(), libraryOfEnd(end).id(), name, ends[end]);
  }

  /** The library that a class is of by its name. */
  PoolLibrary libraryOf(Class<?> type) {
    return libraryOfEnd(endOf(type.getName().replace('.', '/')));
  }

  private PoolLibrary libraryOfEnd(int end) {
    return libraries[libraryOfEnd[end]];
  }

  /**
   * Weaves a class that is loaded already.
   *
   * @return null if it needs nothing
   */
  byte @Nullable [] weaveLate(Class<?> type, byte[] classFile) throws ShapeMismatch {
    String end = ends[endOf(type.getName().replace('.', '/'))];
    return Weaving.weave(type.getClassLoader(), classFile, libraryOf(type), end, context, true);
  }

  private int endOf(String className) {
    if (!mayBeOfPool(className)) {
      return -1;
    }
    for (int i = 0; i < ends.length; i++) {
      if (className.endsWith(ends[i])) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String className,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    if (className == null) {
      return null;
    }
    int end = endOf(className);
    return end < 0 || loader == context.agentLoader()
        ? null
        : weave(loader, className, classFile, libraryOfEnd(end), ends[end]);
  }

  private byte @Nullable [] weave(
      @Nullable ClassLoader loader,
      String className,
      byte[] classFile,
      PoolLibrary library,
      String end) {
    try {
      if (!active) {
        early.add(loader, library.id(), className, end);
        return null;
      }
      if (context.isExcluded(outermost(className))) {
        return null;
      }
      EarlyClasses.Family tooEarly = early.find(loader, library.id(), className, end);
      if (tooEarly != null && !tooEarly.isWovenLate(className) || !context.prepareBoot()) {
        return null;
      }
      long start = System.nanoTime();
      byte[] woven = Weaving.weave(loader, classFile, library, end, context, tooEarly != null);
      if (woven != null) {
        context.woven(library.id(), className.replace('/', '.'), System.nanoTime() - start);
      }
      return woven;
    } catch (ShapeMismatch unknown) {
      context.refused(library.id(), String.valueOf(unknown.getMessage()));
    } catch (Throwable failure) {
      context.failed(library.id(), className.replace('/', '.'), failure);
    }
    return null;
  }

  /**
   * Nested classes share the fate of the one around them: woven code of one refers to the other.
   */
  static String outermost(String className) {
    int nested = className.indexOf('$', className.lastIndexOf('/') + 1);
    return (nested <= 0 ? className : className.substring(0, nested)).replace('/', '.');
  }

  /** Apart, so that the verifier loads no class of ASM together with the transformer. */
  private static final class Weaving {
    static byte @Nullable [] weave(
        @Nullable ClassLoader loader,
        byte[] classFile,
        PoolLibrary library,
        String end,
        WeaveContext context,
        boolean late)
        throws ShapeMismatch {
      ClassFamily family =
          new ClassFamily(loader, ClassShape.of(classFile), end, context::isExcluded);
      ClassPlan plan = late ? library.latePlan(family) : library.plan(family);
      if (late && plan != null && !plan.keepsMembers()) {
        throw new ShapeMismatch(plan.shape().name(), "a loaded class can be given no members");
      }
      return plan == null ? null : plan.apply(classFile);
    }
  }
}
