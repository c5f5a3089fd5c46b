package io.poolwatch.agent.weave;

import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * What calls of the library's own methods give, for methods that are added to its classes. Unlike
 * all other arguments they throw what is called.
 */
public final class Calls {
  private static final Type OBJECT = Type.getType(Object.class);

  private Calls() {}

  /** A method of a class; the first of the arguments is the receiver. */
  public static Arg ofClass(String owner, String method, String descriptor, Arg... args) {
    return call(Opcodes.INVOKEVIRTUAL, owner, method, descriptor, args);
  }

  /** A private method of the class itself. */
  public static Arg ofPrivate(String owner, String method, String descriptor, Arg... args) {
    return call(Opcodes.INVOKESPECIAL, owner, method, descriptor, args);
  }

  /** A method of an interface. */
  public static Arg ofInterface(String owner, String method, String descriptor, Arg... args) {
    return call(Opcodes.INVOKEINTERFACE, owner, method, descriptor, args);
  }

  /**
   * A new object.
   *
   * @param descriptor of the constructor
   */
  public static Arg newObject(String owner, String descriptor, Arg... args) {
    return new Arg() {
      @Override
      Type type(Scope scope) {
        return OBJECT;
      }

      @Override
      void push(MethodVisitor mv, Scope scope) {
        mv.visitTypeInsn(Opcodes.NEW, owner);
        mv.visitInsn(Opcodes.DUP);
        pushAll(mv, scope, args, 0, descriptor);
        mv.visitMethodInsn(Opcodes.INVOKESPECIAL, owner, "<init>", descriptor, false);
      }
    };
  }

  private static Arg call(
      int opcode, String owner, String method, String descriptor, Arg... receiverAndArgs) {
    return new Arg() {
      @Override
      Type type(Scope scope) {
        return Type.getReturnType(descriptor);
      }

      @Override
      void push(MethodVisitor mv, Scope scope) {
        receiverAndArgs[0].push(mv, scope);
        if (opcode != Opcodes.INVOKESPECIAL) {
          mv.visitTypeInsn(Opcodes.CHECKCAST, owner);
        }
        pushAll(mv, scope, receiverAndArgs, 1, descriptor);
        mv.visitMethodInsn(opcode, owner, method, descriptor, opcode == Opcodes.INVOKEINTERFACE);
      }
    };
  }

  private static void pushAll(
      MethodVisitor mv, Arg.Scope scope, Arg[] args, int first, String descriptor) {
    Type[] types = Type.getArgumentTypes(descriptor);
    for (int i = 0; i < types.length; i++) {
      args[first + i].push(mv, scope);
      if (types[i].getSort() == Type.OBJECT && !types[i].equals(OBJECT)) {
        mv.visitTypeInsn(Opcodes.CHECKCAST, types[i].getInternalName());
      }
    }
  }
}
