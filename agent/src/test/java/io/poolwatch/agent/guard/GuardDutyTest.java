package io.poolwatch.agent.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.book.Breaker;
import io.poolwatch.book.Life;
import io.poolwatch.book.ObjectBook;
import io.poolwatch.book.PoolFacts;
import io.poolwatch.book.PoolSystem;
import io.poolwatch.guard.Guard;
import io.poolwatch.guard.Wards;
import java.io.InputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import net.bytebuddy.matcher.ElementMatcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said of classes that pools hold, on a JVM that weaves them in appearance only. */
class GuardDutyTest {
  private final PoolSystem system = PoolSystem.named("test").build();
  private final ObjectBook book = new ObjectBook(system, new PoolFacts("Pool"));
  private final List<String> notes = new ArrayList<>();
  private final List<String> summary = new ArrayList<>();
  private final List<ClassFileTransformer> transformers = new ArrayList<>();
  private final List<Class<?>> retransformed = new ArrayList<>();
  private GuardDuty duty = duty();

  private GuardDuty duty() {
    Instrumentation jvm =
        (Instrumentation)
            Proxy.newProxyInstance(
                GuardDutyTest.class.getClassLoader(),
                new Class<?>[] {Instrumentation.class},
                (proxy, method, arguments) -> {
                  switch (method.getName()) {
                    case "addTransformer":
                      transformers.add((ClassFileTransformer) arguments[0]);
                      return null;
                    case "retransformClasses":
                      retransform((Class<?>[]) arguments[0]);
                      return null;
                    default:
                      return true;
                  }
                });
    return new GuardDuty(jvm, List.of(system), null, name -> false, notes::add, summary::add);
  }

  private void retransform(Class<?>... types) throws Exception {
    for (Class<?> type : types) {
      retransformed.add(type);
      try (InputStream in =
          type.getResourceAsStream('/' + type.getName().replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        for (ClassFileTransformer each : transformers) {
          each.transform(type.getClassLoader(), type.getName(), type, null, bytes);
        }
      }
    }
  }

  @BeforeEach
  void guard() {
    Wards.guard(100);
    duty.tick(); // what other tests left
    duty = duty();
  }

  @AfterEach
  void stop() {
    Wards.guard(0);
  }

  private String coverage() {
    summary.clear();
    duty.close();
    return String.join("\n", summary);
  }

  private Life pooled(Object object) {
    Life life = new Life();
    book.created(life, object);
    Wards.made(book, life, object);
    return life;
  }

  /** Its idle objects work by themselves. */
  static final class Lively {
    long beats;

    void beat() {
      Guard.use(this);
      beats++;
    }

    void run(int beats) {
      for (int i = 0; i < beats; i++) {
        beat();
      }
    }
  }

  /** Does nothing by itself. */
  static final class Quiet {
    long uses;

    void use() {
      uses++;
    }
  }

  @Test
  void classThatCallsItselfAllTheTimeIsSaidToBeGuardedNoMore() {
    Lively object = new Lively();
    Life life = pooled(object);
    pooled(new Quiet());
    duty.tick();
    assertThat(coverage())
        .isEqualTo(
            "guarded against use after return: "
                + Lively.class.getName()
                + ", "
                + Quiet.class.getName());

    book.lent(life, true);
    book.returned(life);
    Wards.idle(life);
    object.run(500_001);
    duty.tick();
    duty.tick();

    String reason = "its idle objects call themselves all the time";
    assertThat(coverage())
        .isEqualTo(
            "guarded against use after return: "
                + Quiet.class.getName()
                + "; not guarded: "
                + Lively.class.getName()
                + " ("
                + reason
                + ")");
    assertThat(notes)
        .containsOnlyOnce("guard: " + Lively.class.getName() + " is not guarded: " + reason);
  }

  /** With code in interfaces. */
  interface Task extends Job, Named {
    default long run() {
      return 1;
    }
  }

  /** Has none itself. */
  interface Job extends Supplier<String> {
    Runnable NONE = () -> {};

    long begin();

    static void forget() {}
  }

  /** Has some. */
  interface Named {
    default long length() {
      return 4;
    }
  }

  static final class Errand implements Task, ElementMatcher<String> {
    @Override
    public long begin() {
      return 2;
    }

    @Override
    public String get() {
      return "errand";
    }

    @Override
    public boolean matches(String other) {
      return other.isEmpty();
    }
  }

  @Test
  void classIsGuardedWithItsOwnInterfacesAndNoOthers() {
    pooled(new Errand());
    duty.tick();

    assertThat(retransformed).containsExactly(Errand.class, Task.class, Named.class);
    assertThat(notes).contains("guard: " + Errand.class.getName() + " is guarded in 7 methods");
  }

  /** Nothing is done with it. */
  static final class Unjudged {
    long uses;

    void use() {
      uses++;
    }
  }

  @Test
  void libraryWhoseGuardFailsIsNamedWithTheReason() {
    pooled(new Unjudged());
    duty.tick();
    for (int i = 0; i < Breaker.LIMIT; i++) {
      system.guard().failed(new IllegalStateException("planted"));
    }

    assertThat(coverage())
        .isEqualTo(
            "guarded against use after return: "
                + Unjudged.class.getName()
                + "; off in pools of test, having failed 10 times:"
                + " java.lang.IllegalStateException: planted");
  }
}
