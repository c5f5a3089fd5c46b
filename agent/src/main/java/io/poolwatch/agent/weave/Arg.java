package io.poolwatch.agent.weave;

import java.util.function.Predicate;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * An argument of a hook: where its value comes from, and the type that the hook declares for it.
 * References are passed as {@code Object} unless a woven field says more. Every argument is
 * straight-line code that cannot throw.
 */
public abstract class Arg {
  static final Type OBJECT = Type.getType(Object.class);

  Arg() {}

  abstract Type type(Scope scope);

  abstract void push(MethodVisitor mv, Scope scope);

  /** Whether it needs the arguments of the call at the site. */
  boolean needsCallArgs() {
    return false;
  }

  /** Whether it needs the result of the call, or what the method returns. */
  boolean needsResult() {
    return false;
  }

  /** Where values are found while code for one hook is made. */
  interface Scope {
    String owner();

    boolean isStatic();

    Type[] parameters();

    int slotIndex(Slot slot);

    /** Local variable of the receiver, if the called method has one. */
    int receiverIndex();

    Type[] callArgTypes();

    int callArgIndex(int arg);

    Type resultType();

    int resultIndex();
  }

  /** The object whose method is woven. */
  public static Arg self() {
    return new Arg() {
      @Override
      Type type(Scope scope) {
        return OBJECT;
      }

      @Override
      void push(MethodVisitor mv, Scope scope) {
        mv.visitVarInsn(Opcodes.ALOAD, 0);
      }
    };
  }

  /** A parameter of the woven method, counted from 0 without the receiver. */
  public static Arg param(int index) {
    return new Arg() {
      @Override
      Type type(Scope scope) {
        return widened(scope.parameters()[index]);
      }

      @Override
      void push(MethodVisitor mv, Scope scope) {
        int local = scope.isStatic() ? 0 : 1;
        for (int i = 0; i < index; i++) {
          local += scope.parameters()[i].getSize();
        }
        mv.visitVarInsn(scope.parameters()[index].getOpcode(Opcodes.ILOAD), local);
      }
    };
  }

  /** A field of the woven class or of a woven superclass, read from {@code this}. */
  public static Arg ownField(String owner, String field, String descriptor) {
    return new Arg() {
      @Override
      Type type(Scope scope) {
        return Type.getType(descriptor);
      }

      @Override
      void push(MethodVisitor mv, Scope scope) {
        mv.visitVarInsn(Opcodes.ALOAD, 0);
        mv.visitFieldInsn(Opcodes.GETFIELD, owner, field, descriptor);
      }
    };
  }

  /**
   * A field of another argument's object, which must not be null and whose static type the verifier
   * must know: a receiver, a parameter or an own field of the library, not the result of a hook.
   */
  public static Arg field(Arg object, String owner, String field, String descriptor) {
    return new Of(object) {
      @Override
      Type type(Scope scope) {
        return Type.getType(descriptor);
      }

      @Override
      void push(MethodVisitor mv, Scope scope) {
        object.push(mv, scope);
        mv.visitFieldInsn(Opcodes.GETFIELD, owner, field, descriptor);
      }
    };
  }

  /** A static field. */
  public static Arg staticField(String owner, String field, String descriptor) {
    return new Arg() {
      @Override
      Type type(Scope scope) {
        return widened(Type.getType(descriptor));
      }

      @Override
      void push(MethodVisitor mv, Scope scope) {
        mv.visitFieldInsn(Opcodes.GETSTATIC, owner, field, descriptor);
      }
    };
  }

  /**
   * The result of a method without parameters, called on {@code this}. Only for final methods of
   * the library that do nothing but read: it runs on the service's thread, outside our guard.
   */
  public static Arg ownCall(String owner, String method, String descriptor) {
    return new Arg() {
      @Override
      Type type(Scope scope) {
        return widened(Type.getReturnType(descriptor));
      }

      @Override
      void push(MethodVisitor mv, Scope scope) {
        mv.visitVarInsn(Opcodes.ALOAD, 0);
        mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, owner, method, descriptor, false);
      }
    };
  }

  /**
   * What a static, woven accessor makes of another argument: {@code owner.method(Object)Object}.
   */
  public static Arg accessor(String owner, String method, Arg inner) {
    return new Of(inner) {
      @Override
      Type type(Scope scope) {
        return OBJECT;
      }

      @Override
      void push(MethodVisitor mv, Scope scope) {
        inner.push(mv, scope);
        mv.visitMethodInsn(
            Opcodes.INVOKESTATIC, owner, method, "(Ljava/lang/Object;)Ljava/lang/Object;", false);
      }
    };
  }

  /** The same value, passed as an {@code Object}: of a field with a type of the library's own. */
  public static Arg asObject(Arg inner) {
    return new Of(inner) {
      @Override
      Type type(Scope scope) {
        return OBJECT;
      }

      @Override
      void push(MethodVisitor mv, Scope scope) {
        inner.push(mv, scope);
      }
    };
  }

  /**
   * What a static method of the library's own makes of another argument, which may be null only if
   * the method takes that, and whose static type the verifier must know. Only for methods that do
   * nothing but read.
   */
  public static Arg read(String owner, String method, String descriptor, Arg inner) {
    return new Of(inner) {
      @Override
      Type type(Scope scope) {
        return widened(Type.getReturnType(descriptor));
      }

      @Override
      void push(MethodVisitor mv, Scope scope) {
        inner.push(mv, scope);
        mv.visitMethodInsn(Opcodes.INVOKESTATIC, owner, method, descriptor, false);
      }
    };
  }

  /** What a hook that gives an {@code Object} makes of other arguments. */
  public static Arg asked(String hookClass, String method, Arg... inner) {
    return new Of(inner) {
      @Override
      Type type(Scope scope) {
        return OBJECT;
      }

      @Override
      void push(MethodVisitor mv, Scope scope) {
        Type[] types = new Type[inner.length];
        for (int i = 0; i < types.length; i++) {
          types[i] = inner[i].type(scope);
          inner[i].push(mv, scope);
        }
        mv.visitMethodInsn(
            Opcodes.INVOKESTATIC,
            hookClass.replace('.', '/'),
            method,
            Type.getMethodDescriptor(OBJECT, types),
            false);
      }
    };
  }

  /** The receiver of the call at the site. */
  public static Arg callReceiver() {
    return new Arg() {
      @Override
      Type type(Scope scope) {
        return OBJECT;
      }

      @Override
      void push(MethodVisitor mv, Scope scope) {
        mv.visitVarInsn(Opcodes.ALOAD, scope.receiverIndex());
      }

      @Override
      boolean needsCallArgs() {
        return true;
      }
    };
  }

  /** An argument of the call at the site, counted from 0 without the receiver. */
  public static Arg callArg(int index) {
    return new Arg() {
      @Override
      Type type(Scope scope) {
        return widened(scope.callArgTypes()[index]);
      }

      @Override
      void push(MethodVisitor mv, Scope scope) {
        mv.visitVarInsn(
            scope.callArgTypes()[index].getOpcode(Opcodes.ILOAD), scope.callArgIndex(index));
      }

      @Override
      boolean needsCallArgs() {
        return true;
      }
    };
  }

  /** What the call at the site, or the woven method itself, returns; or throws, at a throw. */
  public static Arg result() {
    return new Arg() {
      @Override
      Type type(Scope scope) {
        return widened(scope.resultType());
      }

      @Override
      void push(MethodVisitor mv, Scope scope) {
        mv.visitVarInsn(scope.resultType().getOpcode(Opcodes.ILOAD), scope.resultIndex());
      }

      @Override
      boolean needsResult() {
        return true;
      }
    };
  }

  /** The value of a slot. */
  public static Arg slot(Slot slot) {
    return new Arg() {
      @Override
      Type type(Scope scope) {
        return slot.type();
      }

      @Override
      void push(MethodVisitor mv, Scope scope) {
        mv.visitVarInsn(slot.type().getOpcode(Opcodes.ILOAD), scope.slotIndex(slot));
      }
    };
  }

  /** A constant from -128 to 127. */
  public static Arg constant(int value) {
    return new Arg() {
      @Override
      Type type(Scope scope) {
        return Type.INT_TYPE;
      }

      @Override
      void push(MethodVisitor mv, Scope scope) {
        mv.visitIntInsn(Opcodes.BIPUSH, value);
      }
    };
  }

  /** Null, as a reference of some type. */
  public static Arg nothing(String descriptor) {
    return new Arg() {
      @Override
      Type type(Scope scope) {
        return Type.getType(descriptor);
      }

      @Override
      void push(MethodVisitor mv, Scope scope) {
        mv.visitInsn(Opcodes.ACONST_NULL);
      }
    };
  }

  /** What is made of other arguments needs what these need. */
  private abstract static class Of extends Arg {
    private final Arg[] others;

    Of(Arg... others) {
      this.others = others;
    }

    @Override
    boolean needsCallArgs() {
      return any(Arg::needsCallArgs);
    }

    @Override
    boolean needsResult() {
      return any(Arg::needsResult);
    }

    private boolean any(Predicate<Arg> test) {
      for (Arg other : others) {
        if (test.test(other)) {
          return true;
        }
      }
      return false;
    }
  }

  private static Type widened(Type type) {
    return type.getSort() == Type.OBJECT || type.getSort() == Type.ARRAY ? OBJECT : type;
  }
}
