package example.oddclasses;

import com.sun.tools.attach.VirtualMachine;
import example.oddmodule.ModulePart;
import example.oddsigned.SignedPart;
import io.netty.util.Recycler;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import net.bytebuddy.implementation.SuperMethodCall;
import net.bytebuddy.matcher.ElementMatchers;

/**
 * Pools objects of all kinds of classes, uses each of them after it was given back, and tells all
 * that can be seen of them.
 *
 * <p>Arguments: the agent's log, or a dash if there is no agent; a folder for serialized objects;
 * and, if the agent is to be attached late, its jar and its arguments.
 */
public final class OddClasses {
  private static final int TIMES = 7;

  private OddClasses() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    Thread thread = new FastThreadLocalThread(() -> run(args));
    thread.start();
    thread.join();
  }

  private static void run(String[] args) {
    try {
      List<Kind> kinds = new ArrayList<>(parts());
      load("FinalLetter", "RecordLetter", "OpenLetter", "HugeLetter");
      VersionedPart versioned = new VersionedPart();
      VarHandle count = count();
      MethodHandle work = work();
      Facts facts = new Facts(Path.of(args[1]));
      tell(facts, kinds, false);
      if (args.length > 2) {
        VirtualMachine self =
            VirtualMachine.attach(String.valueOf(ProcessHandle.current().pid()));
        self.loadAgent(args[2], args[3]);
        self.detach();
      }
      kinds.addAll(letters());
      for (Kind kind : kinds) {
        kind.open();
        kind.giveBack(kind.borrow());
      }
      awaitWeaving(kinds, args[0]);
      tell(facts, kinds, true);
      misuse(kinds);
      tell(facts, kinds, true);
      retransform(kinds);
      misuse(kinds);
      System.out.println(
          "handles "
              + ((int) work.invoke(versioned, 5) + (int) work().invoke(versioned, 5))
              + count.compareAndSet(versioned, 10, 11)
              + count().compareAndSet(versioned, 11, 12)
              + versioned.count);
      for (Kind kind : kinds) {
        kind.close();
      }
      System.out.println("planted = " + 2 * TIMES);
    } catch (Throwable failure) {
      failure.printStackTrace();
      System.exit(1);
    }
  }

  /**
   * Loads classes, and of the Recycler none: where one of its classes was there before the agent,
   * it is not watched.
   */
  private static void load(String... names) throws ClassNotFoundException {
    for (String name : names) {
      Class.forName("example.oddclasses." + name);
    }
  }

  private static List<Kind> parts() throws Exception {
    Supplier<Object> hidden = hidden(HiddenPart.class, MethodType.methodType(void.class));
    Class<?> generated = generated(VersionedPart.class, "example.oddclasses.GeneratedPart");
    return List.of(
        new PartKind("final", FinalPart::new, part -> ((FinalPart) part).work(1)),
        new PartKind("versioned", VersionedPart::new, part -> ((VersionedPart) part).work(1)),
        new PartKind(
            "record", () -> new RecordPart(1, "two"), part -> ((RecordPart) part).first()),
        new PartKind("default", DefaultPart::new, part -> ((DefaultPart) part).work(1)),
        new PartKind("enum", () -> EnumPart.ONE, part -> ((EnumPart) part).work(1)),
        new PartKind("plain_enum", () -> PlainEnumPart.TWO, part -> ((PlainEnumPart) part).work(1)),
        new PartKind("lambda", OddClasses::lambda, part -> ((Worker) part).work(1)),
        new PartKind("hidden", hidden, part -> ((Worker) part).work(1)),
        new PartKind("signed", SignedPart::new, part -> ((SignedPart) part).work(1)),
        new PartKind("module", ModulePart::new, part -> ((ModulePart) part).work(1)),
        new PartKind("proxy", OddClasses::proxy, part -> ((Worker) part).work(1)),
        new PartKind(
            "generated", () -> instance(generated), part -> ((VersionedPart) part).work(1)),
        new PartKind("huge", HugePart::new, OddClasses::workHuge));
  }

  private static List<Kind> letters() throws Exception {
    MethodHandle hidden =
        hiddenConstructor(
            HiddenLetter.class, MethodType.methodType(void.class, Recycler.Handle.class));
    Class<?> generated = generated(OpenLetter.class, "example.oddclasses.GeneratedLetter");
    return List.of(
        new LetterKind("FinalLetter", FinalLetter.class, FinalLetter::new, OddClasses::workLetter),
        new LetterKind(
            "RecordLetter",
            RecordLetter.class,
            handle -> new RecordLetter(handle, 1),
            OddClasses::workLetter),
        new LetterKind(
            "HiddenLetter",
            hidden.type().returnType(),
            handle -> (Letter) call(hidden, handle),
            OddClasses::workLetter),
        new LetterKind(
            "GeneratedLetter",
            generated,
            handle -> (Letter) instance(generated, handle),
            OddClasses::workLetter),
        new LetterKind("HugeLetter", HugeLetter.class, HugeLetter::new, OddClasses::workHuge));
  }

  private static int workLetter(Object letter) {
    return ((Letter) letter).work(1);
  }

  /** One use that is too long to be guarded, and one that is not. */
  private static int workHuge(Object huge) {
    return huge instanceof HugePart
        ? ((HugePart) huge).work(1) + ((HugePart) huge).little(1)
        : ((HugeLetter) huge).work(1) + ((HugeLetter) huge).little(1);
  }

  private static Object lambda() {
    int more = 1;
    return (Worker & Serializable) by -> by + more;
  }

  private static Object proxy() {
    return Proxy.newProxyInstance(
        OddClasses.class.getClassLoader(),
        new Class<?>[] {Worker.class},
        (InvocationHandler & Serializable)
            (self, method, arguments) -> method.getName().equals("work") ? 3 : null);
  }

  private static Class<?> generated(Class<?> type, String name) throws Exception {
    return new ByteBuddy()
        .subclass(type)
        .name(name)
        .method(ElementMatchers.named("work"))
        .intercept(SuperMethodCall.INSTANCE)
        .make()
        .load(
            OddClasses.class.getClassLoader(),
            ClassLoadingStrategy.UsingLookup.of(MethodHandles.lookup()))
        .getLoaded();
  }

  private static Object instance(Class<?> type, Object... arguments) {
    try {
      var constructor = type.getDeclaredConstructors()[0];
      constructor.setAccessible(true);
      return constructor.newInstance(arguments);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Supplier<Object> hidden(Class<?> template, MethodType constructor)
      throws Exception {
    MethodHandle make = hiddenConstructor(template, constructor);
    return () -> call(make);
  }

  private static MethodHandle hiddenConstructor(Class<?> template, MethodType constructor)
      throws Exception {
    byte[] bytes;
    try (InputStream in = template.getResourceAsStream(template.getSimpleName() + ".class")) {
      bytes = in.readAllBytes();
    }
    MethodHandles.Lookup lookup = MethodHandles.lookup().defineHiddenClass(bytes, true);
    return lookup.findConstructor(lookup.lookupClass(), constructor);
  }

  private static Object call(MethodHandle make, Object... arguments) {
    try {
      return make.invokeWithArguments(arguments);
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static VarHandle count() throws ReflectiveOperationException {
    return MethodHandles.lookup().findVarHandle(VersionedPart.class, "count", int.class);
  }

  private static MethodHandle work() throws ReflectiveOperationException {
    return MethodHandles.lookup()
        .findVirtual(VersionedPart.class, "work", MethodType.methodType(int.class, int.class));
  }

  private static void tell(Facts facts, List<Kind> kinds, boolean withObject) throws Exception {
    for (Kind kind : kinds) {
      Object object = kind instanceof PartKind && withObject ? kind.borrow() : null;
      System.out.println(facts.of(kind.name, kind.type, object));
      if (object != null) {
        kind.giveBack(object);
      }
    }
  }

  private static void misuse(List<Kind> kinds) throws Exception {
    for (Kind kind : kinds) {
      int sum = 0;
      for (int i = 0; i < TIMES; i++) {
        Object object = kind.borrow();
        sum += kind.use.applyAsInt(object);
        kind.giveBack(object);
        sum += kind.use.applyAsInt(object);
      }
      System.out.println(kind.name + " worked " + sum);
    }
  }

  /** As another agent does, or a debugger. */
  private static void retransform(List<Kind> kinds) throws Exception {
    Instrumentation instrumentation = ByteBuddyAgent.install();
    for (Kind kind : kinds) {
      if (instrumentation.isModifiableClass(kind.type)) {
        instrumentation.retransformClasses(kind.type);
      }
    }
  }

  /** The agent weaves on a thread of its own, and says so in its log. */
  private static void awaitWeaving(List<Kind> kinds, String log)
      throws IOException, InterruptedException {
    if (log.equals("-")) {
      return;
    }
    long start = System.nanoTime();
    for (Kind kind : kinds) {
      while (!isDecided(kind, Path.of(log))) {
        if (System.nanoTime() - start > 30_000_000_000L) {
          throw new IllegalStateException("nothing is said of " + kind.type);
        }
        Thread.sleep(50);
      }
    }
  }

  private static boolean isDecided(Kind kind, Path log) throws IOException {
    String told = Files.exists(log) ? Files.readString(log) : "";
    return told.contains("guard: " + kind.type.getTypeName() + " is guarded")
        || told.contains("guard: " + kind.type.getTypeName() + " is not guarded");
  }
}
