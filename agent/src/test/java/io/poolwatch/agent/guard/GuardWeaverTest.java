package io.poolwatch.agent.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;

/** Which methods ask the guard, and that all others stay as they are. */
class GuardWeaverTest {
  private static final Predicate<String> NOTHING = name -> false;

  /** Methods of all kinds. */
  abstract static class Connection implements Comparable<Connection>, AutoCloseable {
    private final AtomicBoolean broken = new AtomicBoolean();
    private int state;
    private long sent;

    public long send(long bytes) {
      sent += bytes;
      return sent;
    }

    /** Begins with a loop: its first instruction is a target of a jump. */
    void drain() {
      while (sent > 0) {
        sent--;
      }
    }

    protected void flush() {
      hidden();
    }

    synchronized void locked() {
      sent++;
    }

    private void hidden() {
      state = 2;
    }

    static void shared() {}

    abstract void undone();

    public boolean isOpen() {
      flush();
      return state == 1;
    }

    boolean wasReleased() {
      return state == 3 || broken.get();
    }

    boolean ping() {
      return send(1) > 0;
    }

    int refCnt() {
      return state;
    }

    Runnable later() {
      return () -> sent++;
    }

    @Override
    public int compareTo(Connection other) {
      return Integer.compare(state, other.state);
    }

    int compareTo(int state, int sent) {
      return state - sent;
    }

    @Override
    public void close() {
      flush();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Connection;
    }

    @Override
    public int hashCode() {
      return state;
    }

    @Override
    public String toString() {
      return "connection";
    }
  }

  /** Has nothing to guard. */
  static final class Bare {
    int state;
  }

  private static byte[] classFile(Class<?> type) {
    try (InputStream in =
        type.getResourceAsStream('/' + type.getName().replace('.', '/') + ".class")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static GuardWeaver weaver(Predicate<String> allowed, byte[] classFile) {
    return new GuardWeaver(
        new GuardRules(allowed), classFile, List.of(Ask.BY_TAG), new HashSet<>());
  }

  /** Names of the methods that ask. */
  private static Set<String> asking(byte[] classFile) {
    Set<String> names = new TreeSet<>();
    new ClassReader(classFile)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String descriptor, String signature, String[] thrown) {
                return new MethodVisitor(Opcodes.ASM9) {
                  @Override
                  public void visitMethodInsn(
                      int opcode, String owner, String called, String type, boolean isInterface) {
                    if (owner.equals("io/poolwatch/guard/Guard") && called.equals("use")) {
                      names.add(name + descriptor);
                    }
                  }
                };
              }
            },
            0);
    return names;
  }

  @Test
  void usesAskAndQuestionsDoNot() {
    byte[] woven = weaver(NOTHING, classFile(Connection.class)).weave();

    assertThat(asking(woven))
        .containsExactlyInAnyOrder(
            "send(J)J",
            "drain()V",
            "flush()V",
            "locked()V",
            "ping()Z",
            "later()Ljava/lang/Runnable;",
            "compareTo(II)I");
  }

  @Test
  void allowedMethodsDoNotAsk() {
    String name = Connection.class.getName();
    byte[] woven = weaver((name + ".ping")::equals, classFile(Connection.class)).weave();

    assertThat(asking(woven)).doesNotContain("ping()Z").contains("send(J)J");
  }

  @Test
  void wovenClassIsValidAndWorks() throws Exception {
    byte[] woven = weaver(NOTHING, classFile(Countdown.class)).weave();
    Class<?> type =
        new ClassLoader(getClass().getClassLoader()) {
          Class<?> define() {
            return defineClass(Countdown.class.getName(), woven, 0, woven.length);
          }
        }.define();
    Object countdown = type.getDeclaredConstructor().newInstance();

    assertThat(type.getMethod("run", int.class).invoke(countdown, 5)).isEqualTo(0);
    assertThat(type.getDeclaredMethods()).hasSameSizeAs(Countdown.class.getDeclaredMethods());
    assertThat(type.getDeclaredFields()).hasSameSizeAs(Countdown.class.getDeclaredFields());
  }

  /** Loops over its parameter from its first instruction on. */
  public static class Countdown {
    /** Made by name. */
    public Countdown() {}

    /** Counts down. */
    public int run(int from) {
      while (from > 0) {
        from--;
      }
      return from;
    }
  }

  @Test
  void classWithoutUsesIsLeftAsItIs() {
    assertThat(weaver(NOTHING, classFile(Bare.class)).weave()).isNull();
  }

  @Test
  void methodThatTheJitWouldGiveUpIsLeftAndNamed() {
    GuardWeaver weaver = weaver(NOTHING, withBigMethod(9_000));
    byte[] woven = weaver.weave();

    assertThat(asking(woven)).containsExactly("small()V");
    assertThat(weaver.tooBig()).containsExactly("example.Big.big");
    assertThat(weaver.guarded()).isEqualTo(1);
  }

  /** A class with a small method, and one of so many bytes. */
  private static byte[] withBigMethod(int bytes) {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(Opcodes.V1_6, Opcodes.ACC_PUBLIC, "example/Big", null, "java/lang/Object", null);
    for (String name : new String[] {"small", "big"}) {
      MethodVisitor method = writer.visitMethod(Opcodes.ACC_PUBLIC, name, "()V", null, null);
      method.visitCode();
      for (int i = 0; name.equals("big") && i < bytes; i++) {
        method.visitInsn(Opcodes.NOP);
      }
      method.visitInsn(Opcodes.RETURN);
      method.visitMaxs(0, 1);
      method.visitEnd();
    }
    writer.visitEnd();
    return writer.toByteArray();
  }

  @Test
  void whatDbcpRemembersOfItsUsersIsNoUse() {
    MethodFacts facts =
        MethodFacts.of(new ClassReader(classFile(Connection.class))).get("send(J)J");
    GuardRules rules = new GuardRules(NOTHING);

    assertThat(facts).isNotNull();
    assertThat(isUse(rules, "org.apache.commons.dbcp2.AbandonedTrace", facts)).isFalse();
    assertThat(isUse(rules, "org.apache.commons.dbcp2.DelegatingConnection", facts)).isTrue();
  }

  private static boolean isUse(GuardRules rules, String className, MethodFacts facts) {
    return rules.isUse(className, Opcodes.ACC_PUBLIC, "send", "(J)J", facts);
  }
}
