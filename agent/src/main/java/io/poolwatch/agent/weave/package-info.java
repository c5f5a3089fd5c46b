/**
 * Weaving: from a class file and a plan to a class file with hooks in it.
 *
 * <p>A pool library's package says <em>what</em> to hook ({@link ClassPlan}); this room knows
 * <em>how</em>, and nothing of any library. Hooks are static methods of the boot loader, called
 * from inlined, straight-line code: no method or lambda is added to a stack, so the service's stack
 * traces stay as they were.
 *
 * <p>Byte Buddy's copy of ASM is used directly. Its {@code Advice} sees a method as a whole; what
 * tells a hit from a miss, or one reason of a removal from another, is <em>which call inside</em>
 * the method was reached, and that has to be carried to the method's end in a local variable.
 */
@NullMarked
package io.poolwatch.agent.weave;

import org.jspecify.annotations.NullMarked;
