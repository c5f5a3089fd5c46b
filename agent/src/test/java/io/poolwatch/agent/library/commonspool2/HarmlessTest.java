package io.poolwatch.agent.library.commonspool2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HarmlessTest {
  static List<String> versions() {
    return Version.SPREAD;
  }

  @ParameterizedTest
  @MethodSource("versions")
  void exceptionsMessagesAndStackTracesAreAsWithoutWeaving(String version) throws Exception {
    String[] transcripts = new String[3];
    for (int i = 0; i < 3; i++) { // in a loop, so that this test's own frames are equal too
      try (ReleaseLoader loader = loader(version, i)) {
        transcripts[i] = transcript(loader);
        assertThat(loader.recorder().woven()).hasSizeGreaterThanOrEqualTo(i == 0 ? 0 : 4);
      }
    }
    assertThat(transcripts[0]).contains("IllegalStateException", "NoSuchElementException");
    assertThat(transcripts[1]).isEqualTo(transcripts[0]);
    assertThat(transcripts[2]).as("woven late").isEqualTo(transcripts[0]);
  }

  private static ReleaseLoader loader(String version, int way) {
    return way == 0
        ? Version.plain(version)
        : way == 1 ? Version.woven(version) : Version.wovenLate(version);
  }

  private static String transcript(ReleaseLoader loader) throws Exception {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(loader);
    try {
      Callable<?> workload =
          (Callable<?>)
              loader.loadClass(Version.LAWS + "Transcript").getDeclaredConstructor().newInstance();
      return (String) workload.call();
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  @Test
  void unknownShapeIsRefusedAsAWholeAndThePoolWorksOn() throws Exception {
    String pool = "org.apache.commons.pool2.impl.GenericObjectPool";
    try (ReleaseLoader loader =
        Version.woven("2.13.1")
            .mutilate((name, bytes) -> name.equals(pool) ? renamed(bytes) : bytes)) {
      assertThat(transcript(loader)).contains("NoSuchElementException");

      assertThat(loader.recorder().woven())
          .contains("org.apache.commons.pool2.impl.SoftReferenceObjectPool")
          .doesNotContain(pool)
          .doesNotContain("org.apache.commons.pool2.impl.GenericKeyedObjectPool")
          .doesNotContain("org.apache.commons.pool2.impl.BaseGenericObjectPool");
      assertThat(loader.recorder().refused())
          .isNotEmpty()
          .allMatch(line -> line.contains(pool) && line.contains("addSpareObject"));
      assertThat(loader.recorder().failed()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"BaseGenericObjectPool", "DefaultPooledObject"})
  void classThatOthersBuildOnIsExcludedWithThemAndThePoolsWorkOn(String excluded) throws Exception {
    String impl = "org.apache.commons.pool2.impl.";
    try (ReleaseLoader loader = Version.woven("2.13.1").exclude(impl + excluded)) {
      assertThat(transcript(loader)).contains("NoSuchElementException");

      assertThat(loader.recorder().woven())
          .doesNotContain(impl + excluded, impl + "GenericObjectPool")
          .doesNotContain(impl + "GenericKeyedObjectPool");
      assertThat(loader.recorder().failed()).isEmpty();
    }
  }

  /** The same class with another name for one of its private methods. */
  private static byte[] renamed(byte[] bytes) {
    ClassReader reader = new ClassReader(bytes);
    ClassWriter writer = new ClassWriter(reader, 0);
    reader.accept(
        new ClassVisitor(Opcodes.ASM9, writer) {
          private String other(String name) {
            return name.equals("addIdleObject") ? "addSpareObject" : name;
          }

          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] exceptions) {
            return new MethodVisitor(
                Opcodes.ASM9,
                super.visitMethod(access, other(name), descriptor, signature, exceptions)) {
              @Override
              public void visitMethodInsn(
                  int opcode, String owner, String called, String type, boolean isInterface) {
                super.visitMethodInsn(opcode, owner, other(called), type, isInterface);
              }
            };
          }
        },
        0);
    return writer.toByteArray();
  }
}
