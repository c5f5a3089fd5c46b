package io.poolwatch.agent.experiment;

import io.poolwatch.woven.commonspool2.WrapLook;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Tells {@code wrap} of a factory of Commons Pool2 by its instructions in the class file, as the
 * class's loader gives it; what cannot be read, or is any different, is taken to do more.
 * Thread-safe.
 */
public final class PlainWrap implements WrapLook {
  private static final String WRAP = "wrap";
  private static final String OBJECT = "(Ljava/lang/Object;)";

  /** What stands for each instruction that a plain one does not have. */
  private static final String OTHER = "other";

  @Override
  public boolean isPlain(
      MethodHandles.Lookup lookup, Class<?> factory, Class<?> record, Class<?> made) {
    String descriptor = OBJECT + Type.getDescriptor(record);
    try {
      List<String> code = code(lookup, factory, descriptor);
      // With a parameter of the object's own type the compiler adds one that calls it.
      String own = passedTo(code);
      if (own != null && own.endsWith(')' + Type.getDescriptor(record))) {
        code = code(lookup, factory, own);
      }
      return code.equals(making(Type.getInternalName(made)));
    } catch (IOException | ReflectiveOperationException | RuntimeException | LinkageError unread) {
      return false;
    }
  }

  /** What {@code return new record(object)} is compiled to. */
  private static List<String> making(String record) {
    return List.of(
        text(Opcodes.NEW, record),
        text(Opcodes.DUP, ""),
        text(Opcodes.ALOAD, "1"),
        text(Opcodes.INVOKESPECIAL, record + ".<init>" + OBJECT + 'V'),
        text(Opcodes.ARETURN, ""));
  }

  /** The descriptor of another {@code wrap} if the code does nothing but call it, else null. */
  private static @Nullable String passedTo(List<String> code) {
    if (code.size() != 5
        || !code.get(0).equals(text(Opcodes.ALOAD, "0"))
        || !code.get(1).equals(text(Opcodes.ALOAD, "1"))
        || !code.get(2).startsWith(text(Opcodes.CHECKCAST, ""))
        || !code.get(3).startsWith(text(Opcodes.INVOKEVIRTUAL, ""))
        || !code.get(4).equals(text(Opcodes.ARETURN, ""))) {
      return null;
    }
    int at = code.get(3).indexOf('.' + WRAP + '(');
    return at < 0 ? null : code.get(3).substring(at + 1 + WRAP.length());
  }

  private static List<String> code(MethodHandles.Lookup lookup, Class<?> factory, String descriptor)
      throws IOException, ReflectiveOperationException {
    MethodType type = MethodType.fromMethodDescriptorString(descriptor, factory.getClassLoader());
    Class<?> declaring =
        lookup.revealDirect(lookup.findSpecial(factory, WRAP, type, factory)).getDeclaringClass();
    List<String> code = new ArrayList<>();
    String file = '/' + Type.getInternalName(declaring) + ".class";
    try (InputStream in = declaring.getResourceAsStream(file)) {
      if (in != null) {
        ClassVisitor methods =
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public @Nullable MethodVisitor visitMethod(
                  int access,
                  String name,
                  String described,
                  @Nullable String signature,
                  String @Nullable [] exceptions) {
                return name.equals(WRAP) && described.equals(descriptor) ? new Code(code) : null;
              }
            };
        new ClassReader(in).accept(methods, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
      }
    }
    return code;
  }

  private static String text(int opcode, String what) {
    return opcode + " " + what;
  }

  /** Writes instructions down. */
  private static final class Code extends MethodVisitor {
    private final List<String> into;

    Code(List<String> into) {
      super(Opcodes.ASM9);
      this.into = into;
    }

    @Override
    public void visitInsn(int opcode) {
      into.add(text(opcode, ""));
    }

    @Override
    public void visitVarInsn(int opcode, int variable) {
      into.add(text(opcode, Integer.toString(variable)));
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
      into.add(text(opcode, type));
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean ofInterface) {
      into.add(text(opcode, owner + '.' + name + descriptor));
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
      into.add(OTHER);
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
      into.add(OTHER);
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String descriptor, Handle bootstrap, Object... arguments) {
      into.add(OTHER);
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
      into.add(OTHER);
    }

    @Override
    public void visitLdcInsn(Object value) {
      into.add(OTHER);
    }

    @Override
    public void visitIincInsn(int variable, int increment) {
      into.add(OTHER);
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label other, Label... labels) {
      into.add(OTHER);
    }

    @Override
    public void visitLookupSwitchInsn(Label other, int[] keys, Label[] labels) {
      into.add(OTHER);
    }

    @Override
    public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
      into.add(OTHER);
    }
  }
}
