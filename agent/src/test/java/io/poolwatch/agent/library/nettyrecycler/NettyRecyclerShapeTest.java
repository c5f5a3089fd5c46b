package io.poolwatch.agent.library.nettyrecycler;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.agent.library.nettyrecycler.NettyRecyclerTest.Pooled;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A release that is not known is left alone, as a whole, and the service runs on. */
class NettyRecyclerShapeTest {
  /** HotSpot inlines no larger method into a hot one. */
  private static final int FREQ_INLINE_SIZE = 325;

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
    isRefused(
        Netty.of(version, "io.netty.util." + className, bytes -> withOverload(bytes, method)),
        className,
        method);
  }

  @ParameterizedTest
  @CsvSource({
    "4.0.56, Recycler$WeakOrderQueue, add",
    "4.1.70, Recycler$Stack, pushLater",
    "4.1.70, Recycler, recycle",
    "4.1.119, Recycler, get",
    "4.1.119, Recycler$LocalPool, release",
    "4.2.20, Recycler$LocalPool, canAllocatePooled",
    "4.2.20, Recycler$DefaultHandle, recycle",
  })
  void ofALoadedCopyToo(String version, String className, String method) throws Exception {
    isRefused(
        Netty.late(version, "io.netty.util." + className, bytes -> withOverload(bytes, method)),
        className,
        method);
  }

  private static void isRefused(Netty netty, String className, String method) throws Exception {
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

  @ParameterizedTest
  @CsvSource({
    "4.1.70, Recycler, get recycle",
    "4.1.70, Recycler$Stack, pop push pushNow",
    "4.1.70, Recycler$DefaultHandle, recycle",
    "4.1.119, Recycler, get",
    "4.1.119, Recycler$LocalPool, claim release",
    "4.1.119, Recycler$DefaultHandle, recycle toClaimed toAvailable",
    "4.2.20, Recycler, get",
    "4.2.20, Recycler$GuardedLocalPool, getWith",
    "4.2.20, Recycler$UnguardedLocalPool, getWith",
    "4.2.20, Recycler$LocalPool, release",
    "4.2.20, Recycler$DefaultHandle, recycle claim toAvailable",
  })
  void methodsOfTheHotPathStaySmallEnoughForTheJitToInlineThem(
      String version, String className, String methods) throws Exception {
    for (Netty netty : List.of(Netty.of(version), Netty.late(version))) {
      Netty.Pool pool = netty.recycler(Pooled::new);
      netty.onFastThread(
          () -> {
            Pooled object = (Pooled) pool.get();
            pool.recycle(object, object.handle);
          });
      netty.loader.loadClass("io.netty.util." + className);
      Map<String, Integer> sizes = sizes(netty.loader.fileOf("io.netty.util." + className));
      for (String method : methods.split(" ")) {
        assertThat(sizes).containsKey(method);
        assertThat(sizes.get(method)).as(method).isLessThanOrEqualTo(FREQ_INLINE_SIZE);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.0.56", "4.1.70", "4.1.119", "4.2.20"})
  void withoutAnExperimentNothingOfItIsWoven(String version) throws Exception {
    byte[] without = recyclerOf(version, EnumSet.noneOf(Extra.class));
    byte[] with = recyclerOf(version, EnumSet.of(Extra.EXPERIMENT));

    assertThat(new String(without, StandardCharsets.ISO_8859_1)).doesNotContain("npooled");
    assertThat(new String(with, StandardCharsets.ISO_8859_1)).contains("poolwatch$unpooled");
    // One question, and one call.
    assertThat(sizes(with).get("get")).isEqualTo(sizes(without).get("get") + 15);
  }

  private static byte[] recyclerOf(String version, Set<Extra> extras) throws Exception {
    Netty netty = Netty.with(version, extras);
    netty.recycler(Pooled::new).get();
    return netty.loader.fileOf("io.netty.util.Recycler");
  }

  /** Bytes of code by the name of the method; the largest of those of one name. */
  private static Map<String, Integer> sizes(byte[] classFile) {
    Map<String, Label> ends = new HashMap<>();
    Map<String, Integer> sizes = new HashMap<>();
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(classFile)
        .accept(
            new ClassVisitor(Opcodes.ASM9, writer) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String descriptor, String signature, String[] thrown) {
                MethodVisitor next = super.visitMethod(access, name, descriptor, signature, thrown);
                return new MethodVisitor(Opcodes.ASM9, next) {
                  @Override
                  public void visitMaxs(int stack, int locals) {
                    Label end = new Label();
                    super.visitLabel(end);
                    ends.put(name + descriptor, end);
                    super.visitMaxs(stack, locals);
                  }
                };
              }
            },
            0);
    writer.toByteArray();
    ends.forEach(
        (method, end) ->
            sizes.merge(method.substring(0, method.indexOf('(')), end.getOffset(), Math::max));
    return sizes;
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
