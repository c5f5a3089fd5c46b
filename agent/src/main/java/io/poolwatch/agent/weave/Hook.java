package io.poolwatch.agent.weave;

import java.util.List;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * A call of a static method of the boot loader. The method must never throw, lock or block; its
 * parameters are the types of the arguments, and it returns what the slot holds, or nothing.
 */
public final class Hook {
  private final String owner;
  private final String method;
  private final List<Arg> args;
  private final @Nullable Slot target;

  private Hook(String owner, String method, List<Arg> args, @Nullable Slot target) {
    this.owner = owner;
    this.method = method;
    this.args = args;
    this.target = target;
  }

  /**
   * A hook.
   *
   * @param owner binary name of the class that declares the method
   */
  public static Hook call(String owner, String method, Arg... args) {
    return new Hook(owner.replace('.', '/'), method, List.of(args), null);
  }

  /** The same hook, whose result goes into a slot. */
  public Hook into(Slot slot) {
    return new Hook(owner, method, args, slot);
  }

  boolean needsCallArgs() {
    return args.stream().anyMatch(Arg::needsCallArgs);
  }

  boolean needsResult() {
    return args.stream().anyMatch(Arg::needsResult);
  }

  void emit(MethodVisitor mv, Arg.Scope scope) {
    Type[] types = new Type[args.size()];
    for (int i = 0; i < types.length; i++) {
      types[i] = args.get(i).type(scope);
      args.get(i).push(mv, scope);
    }
    Type returned = target == null ? Type.VOID_TYPE : target.type();
    mv.visitMethodInsn(
        Opcodes.INVOKESTATIC, owner, method, Type.getMethodDescriptor(returned, types), false);
    if (target != null) {
      mv.visitVarInsn(returned.getOpcode(Opcodes.ISTORE), scope.slotIndex(target));
    }
  }
}
