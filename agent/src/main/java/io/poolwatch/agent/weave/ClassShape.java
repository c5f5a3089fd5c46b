package io.poolwatch.agent.weave;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * The members of a class file, and which instructions its methods have: what a library's package
 * reads to tell versions apart and to refuse unknown ones. Nothing is loaded or resolved.
 */
public final class ClassShape {
  private final String name;
  private final Map<String, String> fields = new LinkedHashMap<>();
  private final List<MethodShape> methods = new ArrayList<>();
  private @Nullable String superName;
  private int version;

  private ClassShape(String name) {
    this.name = name;
  }

  /** Reads a class file. */
  public static ClassShape of(byte[] classFile) {
    ClassReader reader = new ClassReader(classFile);
    ClassShape shape = new ClassShape(reader.getClassName());
    reader.accept(shape.new Collector(), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return shape;
  }

  /** Internal name of the class. */
  public String name() {
    return name;
  }

  /** Internal name of the superclass, or null for {@code java/lang/Object}. */
  public @Nullable String superName() {
    return superName;
  }

  /** Major version of the class file. */
  public int version() {
    return version & 0xFFFF;
  }

  /** Whether a field of this name exists. */
  public boolean hasField(String field) {
    return fields.containsKey(field);
  }

  /** Descriptor of a field, or null if there is none of this name. */
  public @Nullable String fieldDescriptor(String field) {
    return fields.get(field);
  }

  /** All methods of a name, in the order of the class file. */
  public List<MethodShape> methods(String methodName) {
    List<MethodShape> found = new ArrayList<>();
    for (MethodShape method : methods) {
      if (method.name.equals(methodName)) {
        found.add(method);
      }
    }
    return found;
  }

  /** All methods, lambda bodies included, that have such an instruction. */
  public List<MethodShape> methodsWith(Site site) {
    List<MethodShape> found = new ArrayList<>();
    for (MethodShape method : methods) {
      if (method.has(site)) {
        found.add(method);
      }
    }
    return found;
  }

  /** The first static method of a descriptor, whatever its name; null if there is none. */
  public @Nullable MethodShape findStatic(String descriptor) {
    for (MethodShape method : methods) {
      if (method.isStatic() && method.descriptor.equals(descriptor)) {
        return method;
      }
    }
    return null;
  }

  /** Whether a method of this name exists. */
  public boolean hasMethod(String methodName) {
    return !methods(methodName).isEmpty();
  }

  /**
   * The only method of this name that has such an instruction.
   *
   * @throws ShapeMismatch if none or several have
   */
  public MethodShape method(String methodName, Site site) throws ShapeMismatch {
    MethodShape found = null;
    for (MethodShape method : methods(methodName)) {
      if (method.has(site)) {
        if (found != null) {
          throw new ShapeMismatch(name, "several methods " + methodName + " with " + site);
        }
        found = method;
      }
    }
    if (found == null) {
      throw new ShapeMismatch(name, "no method " + methodName + " with " + site);
    }
    return found;
  }

  /**
   * The method of this name and descriptor.
   *
   * @throws ShapeMismatch if there is none
   */
  public MethodShape method(String methodName, String descriptor) throws ShapeMismatch {
    for (MethodShape method : methods(methodName)) {
      if (method.descriptor.equals(descriptor)) {
        return method;
      }
    }
    throw new ShapeMismatch(name, "no method " + methodName + descriptor);
  }

  /**
   * The only method of this name.
   *
   * @throws ShapeMismatch if there is none, or more than one
   */
  public MethodShape onlyMethod(String methodName) throws ShapeMismatch {
    List<MethodShape> found = methods(methodName);
    if (found.size() != 1) {
      throw new ShapeMismatch(
          name, found.size() + " methods " + methodName + " where one is known");
    }
    return found.get(0);
  }

  /**
   * Demands a field.
   *
   * @throws ShapeMismatch if there is none of this name
   */
  public void requireField(String field) throws ShapeMismatch {
    if (!hasField(field)) {
      throw new ShapeMismatch(name, "no field " + field);
    }
  }

  /** One method of the class. */
  public final class MethodShape {
    private final int access;
    private final String name;
    private final String descriptor;
    private final List<Instruction> instructions = new ArrayList<>();
    private int maxLocals;

    MethodShape(int access, String name, String descriptor) {
      this.access = access;
      this.name = name;
      this.descriptor = descriptor;
    }

    /** The class that declares it. */
    public ClassShape declaringClass() {
      return ClassShape.this;
    }

    /** Its name. */
    public String name() {
      return name;
    }

    /** Its descriptor. */
    public String descriptor() {
      return descriptor;
    }

    /** Whether it is static. */
    public boolean isStatic() {
      return (access & Opcodes.ACC_STATIC) != 0;
    }

    /** Whether it has no code. */
    public boolean isAbstract() {
      return (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) != 0;
    }

    /** First local variable that its code does not use. */
    int maxLocals() {
      return maxLocals;
    }

    /** Whether some instruction matches. */
    public boolean has(Site site) {
      return count(site) > 0;
    }

    /** How many instructions match. */
    public int count(Site site) {
      int count = 0;
      for (Instruction instruction : instructions) {
        if (site.matches(
            instruction.opcode, instruction.owner, instruction.name, instruction.descriptor)) {
          count++;
        }
      }
      return count;
    }

    /** Whether it has code, which calls nothing and uses no field. */
    public boolean callsNothing() {
      if (isAbstract()) {
        return false;
      }
      for (Instruction instruction : instructions) {
        if (!instruction.name.isEmpty()) {
          return false;
        }
      }
      return true;
    }

    /**
     * Demands an instruction.
     *
     * @throws ShapeMismatch if none matches
     */
    public MethodShape require(Site site) throws ShapeMismatch {
      if (!has(site)) {
        throw new ShapeMismatch(ClassShape.this.name, "no " + site + " in " + name + descriptor);
      }
      return this;
    }
  }

  private static final class Instruction {
    final int opcode;
    final String owner;
    final String name;
    final String descriptor;

    Instruction(int opcode, String owner, String name, String descriptor) {
      this.opcode = opcode;
      this.owner = owner;
      this.name = name;
      this.descriptor = descriptor;
    }
  }

  private final class Collector extends ClassVisitor {
    Collector() {
      super(Opcodes.ASM9);
    }

    @Override
    public void visit(
        int classVersion,
        int access,
        String className,
        @Nullable String signature,
        @Nullable String superClass,
        String @Nullable [] interfaces) {
      version = classVersion;
      superName = superClass;
    }

    @Override
    public @Nullable FieldVisitor visitField(
        int access,
        String field,
        String descriptor,
        @Nullable String signature,
        @Nullable Object value) {
      fields.put(field, descriptor);
      return null;
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String methodName,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      MethodShape method = new MethodShape(access, methodName, descriptor);
      methods.add(method);
      return new MethodVisitor(Opcodes.ASM9) {
        @Override
        public void visitMethodInsn(
            int opcode, String owner, String called, String calledDescriptor, boolean isInterface) {
          method.instructions.add(new Instruction(opcode, owner, called, calledDescriptor));
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String field, String fieldDescriptor) {
          method.instructions.add(new Instruction(opcode, owner, field, fieldDescriptor));
        }

        @Override
        public void visitInsn(int opcode) {
          method.instructions.add(new Instruction(opcode, "", "", ""));
        }

        @Override
        public void visitLabel(Label label) {}

        @Override
        public void visitMaxs(int maxStack, int maxLocals) {
          method.maxLocals = maxLocals;
        }
      };
    }
  }
}
