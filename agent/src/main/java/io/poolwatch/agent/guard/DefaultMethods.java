package io.poolwatch.agent.guard;

import java.io.InputStream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Whether an interface has code that an object runs. To change a class stops all threads for a
 * moment, and most of the forty interfaces of a Redis client have none. Looks into the class file,
 * since reflection would load the types of all parameters.
 */
final class DefaultMethods extends ClassVisitor {
  private boolean found;

  private DefaultMethods() {
    super(Opcodes.ASM9);
  }

  /** False if there are none; true also if that cannot be seen. */
  static boolean mayBeIn(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    if (loader == null) {
      return true;
    }
    try (InputStream file =
        loader.getResourceAsStream(type.getName().replace('.', '/') + ".class")) {
      if (file == null) {
        return true;
      }
      DefaultMethods methods = new DefaultMethods();
      new ClassReader(file.readAllBytes()).accept(methods, ClassReader.SKIP_CODE);
      return methods.found;
    } catch (Throwable unreadable) {
      // The service's loader may throw anything.
      return true;
    }
  }

  @Override
  public @Nullable MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    found |= (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE)) == 0;
    return null;
  }
}
