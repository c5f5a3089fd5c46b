package io.poolwatch.agent.guard;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * What the rules need to know of a method's code: how big it is at most, and whether all it does is
 * to compare fields of its object.
 */
final class MethodFacts extends MethodVisitor {
  private static final String ATOMIC = "java/util/concurrent/atomic/Atomic";

  private final String className;
  private final Set<String> ownCalls = new HashSet<>();
  private boolean recycles;
  private int size;
  private int firstLine;
  private boolean onlyReads = true;

  private MethodFacts(String className) {
    super(Opcodes.ASM9);
    this.className = className;
  }

  /** The facts of all methods of a class, by name and descriptor. */
  static Map<String, MethodFacts> of(ClassReader reader) {
    Map<String, MethodFacts> all = new HashMap<>();
    reader.accept(
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodFacts facts = new MethodFacts(reader.getClassName());
            all.put(name + descriptor, facts);
            return facts;
          }
        },
        ClassReader.SKIP_FRAMES);
    return all;
  }

  /** How many bytes of code there are, or a few more. */
  int size() {
    return size;
  }

  /** Whether it only reads and compares fields, and changes nothing and calls nothing. */
  boolean onlyReads() {
    return onlyReads;
  }

  /** The line that its code begins in; 0 if that is not known. */
  int firstLine() {
    return firstLine;
  }

  /** Whether it gives its object, or another one, back to a Recycler. */
  boolean recycles() {
    return recycles;
  }

  /** Methods of its own class that it calls, by name and descriptor. */
  Set<String> ownCalls() {
    return ownCalls;
  }

  private void other(int bytes) {
    size += bytes;
    onlyReads = false;
  }

  @Override
  public void visitLineNumber(int line, Label start) {
    if (firstLine == 0) {
      firstLine = line;
    }
  }

  @Override
  public void visitInsn(int opcode) {
    size++;
    onlyReads &=
        (opcode <= Opcodes.DCONST_1)
            || (opcode >= Opcodes.IADD && opcode <= Opcodes.LXOR)
            || (opcode >= Opcodes.LCMP && opcode <= Opcodes.DCMPG)
            || opcode == Opcodes.IRETURN;
  }

  @Override
  public void visitIntInsn(int opcode, int operand) {
    size += 3;
    onlyReads &= opcode != Opcodes.NEWARRAY;
  }

  @Override
  public void visitVarInsn(int opcode, int variable) {
    size += 4;
    onlyReads &= opcode == Opcodes.ALOAD;
  }

  @Override
  public void visitTypeInsn(int opcode, String type) {
    other(3);
  }

  @Override
  public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
    size += 3;
    onlyReads &= opcode == Opcodes.GETFIELD || opcode == Opcodes.GETSTATIC;
  }

  @Override
  public void visitMethodInsn(
      int opcode, String owner, String name, String descriptor, boolean isInterface) {
    size += 5;
    recycles |= HandleField.isReturn(owner, name, descriptor);
    if (owner.equals(className)) {
      ownCalls.add(name + descriptor);
    }
    onlyReads &= owner.startsWith(ATOMIC) && name.startsWith("get") && descriptor.startsWith("()");
  }

  @Override
  public void visitInvokeDynamicInsn(
      String name, String descriptor, Handle bootstrap, Object... arguments) {
    other(5);
  }

  @Override
  public void visitJumpInsn(int opcode, Label label) {
    size += 8;
  }

  @Override
  public void visitLdcInsn(Object value) {
    size += 3;
  }

  @Override
  public void visitIincInsn(int variable, int increment) {
    other(6);
  }

  @Override
  public void visitTableSwitchInsn(int min, int max, Label byDefault, Label... labels) {
    other(16 + 4 * labels.length);
  }

  @Override
  public void visitLookupSwitchInsn(Label byDefault, int[] keys, Label[] labels) {
    other(12 + 8 * labels.length);
  }

  @Override
  public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
    other(4);
  }
}
