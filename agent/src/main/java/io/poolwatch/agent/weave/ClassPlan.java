package io.poolwatch.agent.weave;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * What to weave into one class: fields, accessors of them, and hooks in its methods. Made by a pool
 * library's package from the {@link ClassShape}; not thread-safe.
 *
 * <p>Woven fields are transient and synthetic, so that serialization and most tools pass over them.
 */
public final class ClassPlan {
  private static final int FIELD_ACCESS =
      Opcodes.ACC_PUBLIC | Opcodes.ACC_TRANSIENT | Opcodes.ACC_SYNTHETIC;

  private final ClassShape shape;
  private final Map<String, String> fields = new LinkedHashMap<>();
  private final List<Accessor> accessors = new ArrayList<>();
  private final List<String> interfaces = new ArrayList<>();
  private final List<Answer> answers = new ArrayList<>();
  private final List<Setter> setters = new ArrayList<>();
  private final Set<String> loosened = new HashSet<>();
  private final List<Caller> callers = new ArrayList<>();
  private final List<StandIn> standIns = new ArrayList<>();
  private final Map<String, MethodPlan> methods = new LinkedHashMap<>();
  private @Nullable Hook everywhere;
  private @Nullable String everywhereType;

  /** An empty plan. */
  public ClassPlan(ClassShape shape) {
    this.shape = shape;
  }

  /** The class that this is for. */
  public ClassShape shape() {
    return shape;
  }

  /**
   * Adds an instance field.
   *
   * @param typeName binary name of a class that the boot loader defines
   * @return its descriptor
   */
  public String field(String name, String typeName) {
    String descriptor = Type.getObjectType(typeName.replace('.', '/')).getDescriptor();
    fields.put(name, descriptor);
    return descriptor;
  }

  /**
   * Adds a public static method {@code name(Object)Object} that reads a woven field of its
   * argument, or gives null if the argument is not of this class. It lets classes of the same
   * library reach the field through any static type, without a cast that could fail.
   */
  public void accessor(String name, String field) {
    String descriptor = fields.get(field);
    if (descriptor == null) {
      throw new IllegalArgumentException("no woven field " + field);
    }
    accessors.add(new Accessor(name, field, descriptor));
  }

  /** The same for a field that the class has itself, of a reference type. */
  public void accessorOfOwn(String name, String field) throws ShapeMismatch {
    String descriptor = shape.fieldDescriptor(field);
    if (descriptor == null || descriptor.charAt(0) != 'L') {
      throw new ShapeMismatch(shape.name(), "no field " + field + " with an object");
    }
    accessors.add(new Accessor(name, field, descriptor));
  }

  /**
   * Has the class implement an interface, whose methods are added by {@link #answer}.
   *
   * @param typeName binary name of an interface that the boot loader defines
   */
  public void implement(String typeName) {
    interfaces.add(typeName.replace('.', '/'));
  }

  /** Adds a public method without parameters that gives a value of {@code this}. */
  public void answer(String name, Arg value) {
    answers.add(new Answer(name, null, value));
  }

  /**
   * The same, with parameters, which the value may use.
   *
   * @param descriptor of the method
   */
  public void answer(String name, String descriptor, Arg value) {
    answers.add(new Answer(name, descriptor, value));
  }

  /** Adds a public method that puts its one argument into a woven field. */
  public void setter(String name, String field) {
    String descriptor = fields.get(field);
    if (descriptor == null) {
      throw new IllegalArgumentException("no woven field " + field);
    }
    setters.add(new Setter(name, field, descriptor));
  }

  /** The same for a field that the class has itself, of a reference type; it is final no more. */
  public void setterOfOwn(String name, String field) throws ShapeMismatch {
    String descriptor = shape.fieldDescriptor(field);
    if (descriptor == null || descriptor.charAt(0) != 'L') {
      throw new ShapeMismatch(shape.name(), "no field " + field + " with an object");
    }
    setters.add(new Setter(name, field, descriptor));
    loosened.add(field);
  }

  /**
   * Adds a private method without parameters, for {@link MethodPlan#insteadWhen}: it calls another
   * method of {@code this} and gives what that gives.
   *
   * @param called not private, and with one parameter
   * @param argument of the parameter's type, or any reference if that is an interface
   * @param after runs when the other method has returned
   */
  public void caller(String name, ClassShape.MethodShape called, Arg argument, Hook after) {
    callers.add(new Caller(name, called, argument, after));
  }

  /**
   * Adds a private method, for {@link MethodPlan#insteadWith}: it gives what a hook gives, which
   * may throw here.
   *
   * @param descriptor of the method, which gives an {@code Object} or nothing
   */
  public void standIn(String name, String descriptor, Hook hook) {
    standIns.add(new StandIn(name, descriptor, hook));
  }

  /** The plan of one method, made at the first call. */
  public MethodPlan method(ClassShape.MethodShape method) {
    return methods.computeIfAbsent(method.name() + method.descriptor(), key -> begun(method));
  }

  /**
   * The plan of a method that is hooked where it seldom comes: does without {@link #atEachEntry}.
   */
  public MethodPlan rareMethod(ClassShape.MethodShape method) {
    return methods.computeIfAbsent(
        method.name() + method.descriptor(), key -> new MethodPlan(method));
  }

  private MethodPlan begun(ClassShape.MethodShape method) {
    MethodPlan begun = new MethodPlan(method);
    if (everywhere != null
        && everywhereType != null
        && !method.isStatic()
        && !method.name().equals("<init>")) {
      begun.atEntry(everywhere.into(begun.slot(everywhereType)));
    }
    return begun;
  }

  /**
   * Begins each method of this plan, but for constructors, with a hook: what would be read from a
   * woven field is asked for once a call. To be called before {@link #method}.
   *
   * @param typeName binary name of what the hook gives, a class that the boot loader defines
   * @return what the hook gave
   */
  public Arg atEachEntry(Hook hook, String typeName) {
    everywhere = hook;
    everywhereType = typeName;
    return Arg.slot(new Slot(Type.getObjectType(typeName.replace('.', '/')), 0));
  }

  /** Whether it changes nothing but the code of methods, as is allowed once a class is loaded. */
  boolean keepsMembers() {
    return fields.isEmpty()
        && accessors.isEmpty()
        && interfaces.isEmpty()
        && answers.isEmpty()
        && setters.isEmpty()
        && callers.isEmpty()
        && standIns.isEmpty();
  }

  /** Carries the plan out. */
  byte[] apply(byte[] classFile) {
    ClassReader reader = new ClassReader(classFile);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    reader.accept(new Weaver(writer), ClassReader.EXPAND_FRAMES);
    return writer.toByteArray();
  }

  private final class Weaver extends ClassVisitor {
    Weaver(ClassVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public void visit(
        int version,
        int access,
        String name,
        @Nullable String signature,
        @Nullable String superName,
        String @Nullable [] present) {
      List<String> all = new ArrayList<>(present == null ? List.of() : List.of(present));
      all.addAll(interfaces);
      StringBuilder generic = signature == null ? null : new StringBuilder(signature);
      if (generic != null) {
        interfaces.forEach(each -> generic.append('L').append(each).append(';'));
      }
      super.visit(
          version,
          access,
          name,
          generic == null ? null : generic.toString(),
          superName,
          all.toArray(new String[0]));
    }

    @Override
    public @Nullable FieldVisitor visitField(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        @Nullable Object value) {
      int own = loosened.contains(name) ? access & ~Opcodes.ACC_FINAL : access;
      return super.visitField(own, name, descriptor, signature, value);
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
      MethodPlan plan = methods.get(name + descriptor);
      return plan == null || next == null
          ? next
          : new MethodWeaver(next, plan, shape.name(), shape.version());
    }

    @Override
    public void visitEnd() {
      fields.forEach(
          (name, descriptor) -> {
            super.visitField(FIELD_ACCESS, name, descriptor, null, null).visitEnd();
          });
      for (Accessor accessor : accessors) {
        accessor.emit(cv);
      }
      for (Answer answer : answers) {
        answer.emit(cv);
      }
      for (Setter setter : setters) {
        setter.emit(cv);
      }
      for (Caller caller : callers) {
        caller.emit(cv);
      }
      for (StandIn standIn : standIns) {
        standIn.emit(cv);
      }
      super.visitEnd();
    }
  }

  private final class Caller {
    private final String name;
    private final ClassShape.MethodShape called;
    private final Arg argument;
    private final Hook after;

    Caller(String name, ClassShape.MethodShape called, Arg argument, Hook after) {
      this.name = name;
      this.called = called;
      this.argument = argument;
      this.after = after;
    }

    void emit(ClassVisitor cv) {
      Arg.Scope scope = new OwnScope(shape.name());
      Type returned = Type.getReturnType(called.descriptor());
      MethodVisitor mv =
          cv.visitMethod(
              Opcodes.ACC_PRIVATE | Opcodes.ACC_SYNTHETIC,
              name,
              Type.getMethodDescriptor(returned),
              null,
              null);
      mv.visitCode();
      mv.visitVarInsn(Opcodes.ALOAD, 0);
      argument.push(mv, scope);
      mv.visitMethodInsn(
          Opcodes.INVOKEVIRTUAL, shape.name(), called.name(), called.descriptor(), false);
      after.emit(mv, scope);
      mv.visitInsn(returned.getOpcode(Opcodes.IRETURN));
      mv.visitMaxs(1, 1);
      mv.visitEnd();
    }
  }

  private final class Accessor {
    private final String name;
    private final String field;
    private final String descriptor;

    Accessor(String name, String field, String descriptor) {
      this.name = name;
      this.field = field;
      this.descriptor = descriptor;
    }

    void emit(ClassVisitor cv) {
      MethodVisitor mv =
          cv.visitMethod(
              Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC,
              name,
              "(Ljava/lang/Object;)Ljava/lang/Object;",
              null,
              null);
      Label other = new Label();
      mv.visitCode();
      mv.visitVarInsn(Opcodes.ALOAD, 0);
      mv.visitTypeInsn(Opcodes.INSTANCEOF, shape.name());
      mv.visitJumpInsn(Opcodes.IFEQ, other);
      mv.visitVarInsn(Opcodes.ALOAD, 0);
      mv.visitTypeInsn(Opcodes.CHECKCAST, shape.name());
      mv.visitFieldInsn(Opcodes.GETFIELD, shape.name(), field, descriptor);
      mv.visitInsn(Opcodes.ARETURN);
      mv.visitLabel(other);
      if (shape.version() >= Opcodes.V1_6) {
        mv.visitFrame(Opcodes.F_NEW, 1, new Object[] {"java/lang/Object"}, 0, new Object[0]);
      }
      mv.visitInsn(Opcodes.ACONST_NULL);
      mv.visitInsn(Opcodes.ARETURN);
      mv.visitMaxs(1, 1);
      mv.visitEnd();
    }
  }

  private final class Answer {
    private final String name;

    /** Null if it has no parameters and gives what the value is. */
    private final @Nullable String descriptor;

    private final Arg value;

    Answer(String name, @Nullable String descriptor, Arg value) {
      this.name = name;
      this.descriptor = descriptor;
      this.value = value;
    }

    void emit(ClassVisitor cv) {
      Arg.Scope scope = new OwnScope(shape.name(), descriptor);
      String own = descriptor == null ? Type.getMethodDescriptor(value.type(scope)) : descriptor;
      MethodVisitor mv =
          cv.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_SYNTHETIC, name, own, null, null);
      mv.visitCode();
      value.push(mv, scope);
      mv.visitInsn(Type.getReturnType(own).getOpcode(Opcodes.IRETURN));
      mv.visitMaxs(1, 1);
      mv.visitEnd();
    }
  }

  private final class StandIn {
    private final String name;
    private final String descriptor;
    private final Hook hook;

    StandIn(String name, String descriptor, Hook hook) {
      this.name = name;
      this.descriptor = descriptor;
      this.hook = hook;
    }

    void emit(ClassVisitor cv) {
      Type returned = Type.getReturnType(descriptor);
      MethodVisitor mv =
          cv.visitMethod(Opcodes.ACC_PRIVATE | Opcodes.ACC_SYNTHETIC, name, descriptor, null, null);
      mv.visitCode();
      hook.answer(mv, new OwnScope(shape.name(), descriptor), returned);
      mv.visitInsn(returned.getOpcode(Opcodes.IRETURN));
      mv.visitMaxs(1, 1);
      mv.visitEnd();
    }
  }

  private final class Setter {
    private final String name;
    private final String field;
    private final String descriptor;

    Setter(String name, String field, String descriptor) {
      this.name = name;
      this.field = field;
      this.descriptor = descriptor;
    }

    void emit(ClassVisitor cv) {
      MethodVisitor mv =
          cv.visitMethod(
              Opcodes.ACC_PUBLIC | Opcodes.ACC_SYNTHETIC,
              name,
              "(" + descriptor + ")V",
              null,
              null);
      mv.visitCode();
      mv.visitVarInsn(Opcodes.ALOAD, 0);
      mv.visitVarInsn(Opcodes.ALOAD, 1);
      mv.visitFieldInsn(Opcodes.PUTFIELD, shape.name(), field, descriptor);
      mv.visitInsn(Opcodes.RETURN);
      mv.visitMaxs(1, 1);
      mv.visitEnd();
    }
  }
}
