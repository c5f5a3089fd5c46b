package io.poolwatch.agent.library.nettyrecycler;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.agent.library.nettyrecycler.NettyRecyclerTest.Pooled;
import java.util.List;
import java.util.stream.Collectors;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A release that is not known is left alone, as a whole, and the service runs on. */
class NettyRecyclerShapeTest {
  @ParameterizedTest
  @CsvSource({
    "4.1.70, Recycler$Stack, pushNow",
    "4.1.70, Recycler$WeakOrderQueue, add",
    "4.1.70, Recycler, newObject",
    "4.1.119, Recycler$LocalPool, release",
    "4.1.119, Recycler$LocalPool, claim",
    "4.2.20, Recycler$LocalPool, release",
    "4.2.20, Recycler$DefaultHandle, recycle",
    "4.2.20, Recycler, get",
  })
  void unknownMemberIsNamedAndNoClassOfThisCopyIsWoven(
      String version, String className, String method) throws Exception {
    Netty netty =
        Netty.of(version, "io.netty.util." + className, bytes -> withOverload(bytes, method));
    Netty.Pool pool = netty.recycler(Pooled::new);
    netty.onFastThread(
        () -> {
          List<Pooled> lent = NettyRecyclerTest.getMany(pool, 20);
          lent.forEach(o -> pool.recycle(o, o.handle));
          assertThat(pool.get()).isIn(lent);
          netty.removeAllThreadLocals();
        });
    assertThat(netty.loader.woven()).isEmpty();
    assertThat(netty.loader.refused())
        .isNotEmpty()
        .allSatisfy(
            reason -> assertThat(reason).contains("io.netty.util." + className).contains(method));
  }

  @Test
  void allClassesOfEachGenerationAreWoven() throws Exception {
    assertThat(wovenBy("4.0.56"))
        .containsExactlyInAnyOrder(
            "Recycler",
            "Recycler$Stack",
            "Recycler$WeakOrderQueue",
            "Recycler$DefaultHandle",
            "Recycler$1",
            "Recycler$2");
    assertThat(wovenBy("4.1.119"))
        .containsExactlyInAnyOrder(
            "Recycler", "Recycler$LocalPool", "Recycler$DefaultHandle", "Recycler$1", "Recycler$2");
    assertThat(wovenBy("4.2.20"))
        .containsExactlyInAnyOrder(
            "Recycler",
            "Recycler$LocalPool",
            "Recycler$GuardedLocalPool",
            "Recycler$UnguardedLocalPool",
            "Recycler$DefaultHandle",
            "Recycler$LocalPoolHandle",
            "Recycler$1");
  }

  private static List<String> wovenBy(String version) throws Exception {
    Netty netty = Netty.of(version);
    Netty.Pool pool = netty.recycler(Pooled::new);
    netty.onFastThread(
        () -> {
          Pooled object = (Pooled) pool.get();
          netty.onFastThread(() -> pool.recycle(object, object.handle));
        });
    return netty.loader.woven().stream()
        .map(name -> name.substring("io.netty.util.".length()))
        .collect(Collectors.toList());
  }

  /** Adds a method of the same name, which no known release has. */
  private static byte[] withOverload(byte[] classFile, String method) {
    ClassReader reader = new ClassReader(classFile);
    ClassWriter writer = new ClassWriter(reader, 0);
    reader.accept(
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public void visitEnd() {
            MethodVisitor code =
                super.visitMethod(Opcodes.ACC_PRIVATE, method, "(JJJ)V", null, null);
            code.visitCode();
            code.visitInsn(Opcodes.RETURN);
            code.visitMaxs(0, 7);
            code.visitEnd();
            super.visitEnd();
          }
        },
        0);
    return writer.toByteArray();
  }
}
