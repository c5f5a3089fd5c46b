package io.poolwatch.agent.guard;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Weaves one class: each method that is a use begins with a call of the guard. Adds no member, so
 * that the class may be loaded already, and looks the same to reflection and serialization.
 */
final class GuardWeaver {
  private final GuardRules rules;
  private final ClassReader reader;
  private final List<Ask> asks;
  private final Set<String> givingBack;
  private final List<String> tooBig = new ArrayList<>();
  private int guarded;

  /**
   * A weaver of one class.
   *
   * @param asks what its methods are to ask
   * @param givingBack methods, by name and descriptor, that give their object back to a Recycler;
   *     those of this class are added
   */
  GuardWeaver(GuardRules rules, byte[] classFile, List<Ask> asks, Set<String> givingBack) {
    this.rules = rules;
    reader = new ClassReader(classFile);
    this.asks = asks;
    this.givingBack = givingBack;
  }

  /** The woven class, or null if none of its methods is a use. */
  byte @Nullable [] weave() {
    Map<String, MethodFacts> facts = MethodFacts.of(reader);
    addGivingBack(facts);
    String className = reader.getClassName().replace('/', '.');
    // Methods that are not touched are copied as they are.
    ClassWriter writer = new ClassWriter(reader, 0);
    reader.accept(
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public @Nullable MethodVisitor visitMethod(
              int access,
              String name,
              String descriptor,
              @Nullable String signature,
              String @Nullable [] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            MethodFacts known = facts.get(name + descriptor);
            if (next == null
                || known == null
                || givingBack.contains(name + descriptor)
                || !rules.isUse(className, access, name, descriptor, known)) {
              return next;
            }
            if (GuardRules.isTooBig(known)) {
              tooBig.add(className + '.' + name);
              return next;
            }
            guarded++;
            return new Asking(next, known.firstLine());
          }
        },
        0);
    return guarded == 0 ? null : writer.toByteArray();
  }

  /**
   * What gives an object back is no use of it: done once too often, it is told as a second return.
   */
  private void addGivingBack(Map<String, MethodFacts> facts) {
    int before;
    do {
      before = givingBack.size();
      facts.forEach(
          (method, known) -> {
            if (known.recycles() || !Collections.disjoint(known.ownCalls(), givingBack)) {
              givingBack.add(method);
            }
          });
    } while (givingBack.size() > before);
  }

  /** How many methods ask the guard. */
  int guarded() {
    return guarded;
  }

  /** Uses that could not be guarded. */
  List<String> tooBig() {
    return tooBig;
  }

  private final class Asking extends MethodVisitor {
    private final int line;

    Asking(MethodVisitor next, int line) {
      super(Opcodes.ASM9, next);
      this.line = line;
    }

    @Override
    public void visitCode() {
      super.visitCode();
      if (line > 0) {
        Label here = new Label();
        super.visitLabel(here);
        super.visitLineNumber(line, here);
      }
      for (Ask ask : asks) {
        ask.emit(mv);
      }
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
      super.visitMaxs(Math.max(maxStack, Ask.STACK), maxLocals);
    }
  }
}
