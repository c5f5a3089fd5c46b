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
  private static final Type OBJECT = Type.getType(Object.class);

  private final String owner;
  private final String method;
  private final List<Arg> args;
  private final @Nullable Slot target;
  private final @Nullable FieldTarget field;
  private final boolean replaces;

  private Hook(
      String owner,
      String method,
      List<Arg> args,
      @Nullable Slot target,
      @Nullable FieldTarget field,
      boolean replaces) {
    this.owner = owner;
    this.method = method;
    this.args = args;
    this.target = target;
    this.field = field;
    this.replaces = replaces;
  }

  /**
   * A hook.
   *
   * @param owner binary name of the class that declares the method
   */
  public static Hook call(String owner, String method, Arg... args) {
    return new Hook(owner.replace('.', '/'), method, List.of(args), null, null, false);
  }

  /** The same hook, whose result goes into a slot. */
  public Hook into(Slot slot) {
    return new Hook(owner, method, args, slot, null, false);
  }

  /** The same hook, whose result goes into a woven field of {@code this}. */
  public Hook intoField(String fieldOwner, String fieldName, String descriptor) {
    return intoField(Arg.self(), fieldOwner, fieldName, descriptor);
  }

  /**
   * The same hook, whose result goes into a woven field.
   *
   * @param object whose field it is; not null, and of a type that the verifier knows
   */
  public Hook intoField(Arg object, String fieldOwner, String fieldName, String descriptor) {
    FieldTarget into = new FieldTarget(object, fieldOwner, fieldName, Type.getType(descriptor));
    return new Hook(owner, method, args, null, into, false);
  }

  /**
   * The same hook, whose result the woven method sees instead of the call's: only after a call, of
   * an {@code int} or a reference, which the hook declares as {@code Object}. What it gives must be
   * of the call's type, or null.
   */
  public Hook insteadOfResult() {
    return new Hook(owner, method, args, null, null, true);
  }

  boolean replacesResult() {
    return replaces;
  }

  boolean needsCallArgs() {
    return args.stream().anyMatch(Arg::needsCallArgs)
        || (field != null && field.object.needsCallArgs());
  }

  boolean needsResult() {
    return replaces || args.stream().anyMatch(Arg::needsResult);
  }

  /** Calls it for an {@code int}, which is left on the stack. */
  void ask(MethodVisitor mv, Arg.Scope scope) {
    call(mv, scope, Type.INT_TYPE);
  }

  /** Calls it for what it gives, which is left on the stack. */
  void answer(MethodVisitor mv, Arg.Scope scope, Type returned) {
    call(mv, scope, returned);
  }

  void emit(MethodVisitor mv, Arg.Scope scope) {
    if (field != null) {
      field.object.push(mv, scope);
    }
    Type returned = returned(scope);
    call(mv, scope, returned);
    if (replaces && returned.getSort() == Type.OBJECT) {
      mv.visitTypeInsn(Opcodes.CHECKCAST, scope.resultType().getInternalName());
    }
    if (target != null) {
      mv.visitVarInsn(returned.getOpcode(Opcodes.ISTORE), scope.slotIndex(target));
    } else if (field != null) {
      mv.visitFieldInsn(Opcodes.PUTFIELD, field.owner, field.name, field.type.getDescriptor());
    }
  }

  private void call(MethodVisitor mv, Arg.Scope scope, Type returned) {
    Type[] types = new Type[args.size()];
    for (int i = 0; i < types.length; i++) {
      types[i] = args.get(i).type(scope);
      args.get(i).push(mv, scope);
    }
    mv.visitMethodInsn(
        Opcodes.INVOKESTATIC, owner, method, Type.getMethodDescriptor(returned, types), false);
  }

  private Type returned(Arg.Scope scope) {
    if (replaces) {
      return scope.resultType().getSort() == Type.INT ? Type.INT_TYPE : OBJECT;
    }
    return target != null ? target.type() : field != null ? field.type : Type.VOID_TYPE;
  }

  private static final class FieldTarget {
    final Arg object;
    final String owner;
    final String name;
    final Type type;

    FieldTarget(Arg object, String owner, String name, Type type) {
      this.object = object;
      this.owner = owner;
      this.name = name;
      this.type = type;
    }
  }
}
