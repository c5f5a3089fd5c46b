package io.poolwatch.agent.guard;

import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Which methods of a pooled class are uses of its objects. Asking whether an object may be used is
 * none, nor is closing it once more. What a method that is no use calls on the same object is none
 * either.
 */
final class GuardRules {
  /**
   * The JIT compiles no method of more than 8000 bytes: none is to grow beyond that by the guard.
   */
  private static final int MOST_BYTES = 7_900;

  /** By name, without parameters: identity, questions for the state, closing. */
  static final Set<String> NO_USE =
      Set.of(
          "hashCode()I",
          "toString()Ljava/lang/String;",
          "finalize()V",
          "clone()Ljava/lang/Object;",
          "refCnt()I",
          "close()V",
          // Commons Pool2 asks tracked objects when they were used last, also idle ones.
          "getLastUsed()J",
          "getLastUsedInstant()Ljava/time/Instant;");

  /** Of {@code compareTo}, by which a service may keep idle objects in a sorted collection. */
  private static final Pattern ORDER = Pattern.compile("\\(L[^;]+;\\)I");

  /** By name, without parameters and giving a boolean. */
  static final Set<String> QUESTIONS =
      Set.of(
          "isOpen",
          "isClosed",
          "isReleased",
          "isReturned",
          "isRecycled",
          "isDestroyed",
          "isDisposed",
          "isValid",
          "isAlive",
          "isActive",
          "isConnected",
          "isAvailable",
          "isBroken",
          "isIdle",
          "isInUse",
          "isShutdown",
          "isTerminated");

  /**
   * What Commons DBCP remembers of who uses a connection or a statement. A wrapper that was dropped
   * is taken off its list when it is finalized, long after the connection went back.
   */
  private static final String DBCP_TRACE = ".dbcp2.AbandonedTrace";

  private final Predicate<String> allowed;

  /**
   * The rules.
   *
   * @param allowed further methods that are no use, by class name, dot and method name
   */
  GuardRules(Predicate<String> allowed) {
    this.allowed = allowed;
  }

  /** Whether a method is to ask the guard. */
  boolean isUse(String className, int access, String name, String descriptor, MethodFacts facts) {
    return canAsk(access, name)
        && !className.endsWith(DBCP_TRACE)
        && !isQuestion(name, descriptor, facts)
        && !isIdentity(name, descriptor)
        && !allowed.test(className + '.' + name);
  }

  /** Whether a use cannot be guarded, because there is too much of its code. */
  static boolean isTooBig(MethodFacts facts) {
    return facts.size() > MOST_BYTES;
  }

  private static boolean canAsk(int access, String name) {
    if ((access & (Opcodes.ACC_STATIC | Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) != 0
        || (access & Opcodes.ACC_PRIVATE) != 0
        || name.charAt(0) == '<') {
      return false;
    }
    // Bridges are called from outside, other synthetic methods by the class itself.
    return (access & Opcodes.ACC_SYNTHETIC) == 0 || (access & Opcodes.ACC_BRIDGE) != 0;
  }

  private static boolean isIdentity(String name, String descriptor) {
    return NO_USE.contains(name + descriptor)
        || (name.equals("equals") && descriptor.equals("(Ljava/lang/Object;)Z"))
        || (name.equals("compareTo") && ORDER.matcher(descriptor).matches());
  }

  private static boolean isQuestion(String name, String descriptor, MethodFacts facts) {
    return descriptor.equals("()Z") && (QUESTIONS.contains(name) || facts.onlyReads());
  }
}
