package io.poolwatch.agent.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's way into other JVMs, by reflection: the module {@code jdk.attach} is not in every
 * run-time, and is defined by a loader that the agent's does not ask.
 */
final class AttachApi {
  private static final String PACKAGE = "com.sun.tools.attach.";

  private final Class<?> machine;
  private final Class<?> descriptor;

  private AttachApi(Class<?> machine, Class<?> descriptor) {
    this.machine = machine;
    this.descriptor = descriptor;
  }

  /** The way; null if this run-time has none. */
  static @Nullable AttachApi find() {
    ClassLoader loader = ClassLoader.getSystemClassLoader();
    try {
      return new AttachApi(
          Class.forName(PACKAGE + "VirtualMachine", true, loader),
          Class.forName(PACKAGE + "VirtualMachineDescriptor", true, loader));
    } catch (ClassNotFoundException | LinkageError trimmed) {
      return null;
    }
  }

  /** The main classes of this user's JVMs by process number, as far as they can be seen. */
  Map<Long, String> list() {
    Map<Long, String> all = new TreeMap<>();
    try {
      for (Object each : (List<?>) machine.getMethod("list").invoke(null)) {
        String id = String.valueOf(descriptor.getMethod("id").invoke(each));
        if (id.matches("\\d{1,18}")) {
          all.put(
              Long.parseLong(id), String.valueOf(descriptor.getMethod("displayName").invoke(each)));
        }
      }
    } catch (ReflectiveOperationException unknown) {
      return all;
    }
    return all;
  }

  /** A JVM that is attached to. */
  final class Attached implements AutoCloseable {
    private final Object target;

    private Attached(Object target) {
      this.target = target;
    }

    /** The arguments that it was started with; empty if they are not known. */
    String arguments() throws Failure {
      Object properties = call(machine, "getAgentProperties", target);
      return properties instanceof Properties
          ? ((Properties) properties).getProperty("sun.jvm.args", "")
          : "";
    }

    /** Loads an agent into it. */
    void load(String jar, String arguments) throws Failure {
      call(machine, "loadAgent", target, jar, arguments);
    }

    @Override
    public void close() {
      try {
        call(machine, "detach", target);
      } catch (Failure gone) {
        return; // it has ended
      }
    }
  }

  /** Attaches to a JVM. */
  Attached attach(long pid) throws Failure {
    return new Attached(call(machine, "attach", null, String.valueOf(pid)));
  }

  private static Object call(Class<?> type, String name, @Nullable Object on, String... arguments)
      throws Failure {
    Class<?>[] types = new Class<?>[arguments.length];
    java.util.Arrays.fill(types, String.class);
    try {
      Method method = type.getMethod(name, types);
      Object result = method.invoke(on, (Object[]) arguments);
      return result == null ? "" : result;
    } catch (InvocationTargetException failed) {
      Throwable cause = failed.getCause();
      throw new Failure(cause == null ? failed : cause);
    } catch (ReflectiveOperationException changed) {
      throw new Failure(changed);
    }
  }

  /** It did not work. */
  static final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    Failure(Throwable cause) {
      super(cause.getClass().getSimpleName() + ": " + cause.getMessage(), cause);
    }
  }
}
