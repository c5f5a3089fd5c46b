package io.poolwatch.agent.guard;

import java.util.Objects;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/** What the guard is asked when a method of an object begins. Immutable. */
final class Ask {
  /** Objects of the class have tags. */
  static final Ask BY_TAG = new Ask(null, -1);

  /** Stack that the call needs at most. */
  static final int STACK = 4;

  private static final String GUARD = "io.poolwatch.guard.Guard".replace('.', '/');

  private final @Nullable String holder;
  private final long offset;

  private Ask(@Nullable String holder, long offset) {
    this.holder = holder;
    this.offset = offset;
  }

  /** Objects of the class have their handle in a field, which lies there. */
  static Ask byHandle(long offset) {
    return new Ask(null, offset);
  }

  /** Objects of a subclass do. */
  static Ask byHandleOf(Class<?> holder, long offset) {
    return new Ask(Type.getInternalName(holder), offset);
  }

  private boolean isByHandle() {
    return offset >= 0;
  }

  void emit(MethodVisitor method) {
    method.visitVarInsn(Opcodes.ALOAD, 0);
    String parameters = "Ljava/lang/Object;";
    if (holder != null) {
      method.visitLdcInsn(Type.getObjectType(holder));
      parameters += "Ljava/lang/Class;";
    }
    if (isByHandle()) {
      method.visitLdcInsn(offset);
      parameters += "J";
    }
    method.visitMethodInsn(Opcodes.INVOKESTATIC, GUARD, "use", "(" + parameters + ")V", false);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Ask
        && offset == ((Ask) other).offset
        && Objects.equals(holder, ((Ask) other).holder);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(offset);
  }
}
