package example.loaders;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;

/** Makes and drops class loaders, each with its own copy of a service and its pool library. */
public final class LoaderService {
  /** What a loader that leaves nothing may seem to leave, and all of them together. */
  private static final long MOST_EACH = 10_000;

  private static final long MOST = 4_000_000;

  private LoaderService() {}

  /** Arguments: how many, the main class, the jars. */
  public static void main(String[] arguments) throws Exception {
    int count = Integer.parseInt(arguments[0]);
    URL[] jars = new URL[arguments.length - 2];
    for (int i = 0; i < jars.length; i++) {
      jars[i] = new File(arguments[i + 2]).toURI().toURL();
    }
    List<WeakReference<ClassLoader>> made = new ArrayList<>();
    long early = 0;
    for (int i = 0; i < count; i++) {
      made.add(run(jars, arguments[1]));
      if (i == count / 10) {
        settle(made);
        early = metaspace();
      }
    }
    settle(made);
    System.out.println("alive " + alive(made));
    long grown = metaspace() - early;
    long most = Math.min(MOST, count * MOST_EACH);
    System.out.println("metaspace grew by no more than it may: " + (grown < most));
    System.err.println("metaspace grew by " + grown + " bytes");
  }

  private static WeakReference<ClassLoader> run(URL[] jars, String main) throws Exception {
    URLClassLoader loader =
        new URLClassLoader(jars, ClassLoader.getSystemClassLoader().getParent());
    Class.forName(main, true, loader)
        .getMethod("main", String[].class)
        .invoke(null, (Object) new String[0]);
    loader.close();
    return new WeakReference<>(loader);
  }

  private static void settle(List<WeakReference<ClassLoader>> made) throws InterruptedException {
    for (int i = 0; i < 50 && alive(made) > 0; i++) {
      System.gc();
      Thread.sleep(100);
    }
  }

  private static long alive(List<WeakReference<ClassLoader>> made) {
    return made.stream().filter(loader -> loader.get() != null).count();
  }

  private static long metaspace() {
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getName().equals("Metaspace")) {
        return pool.getUsage().getUsed();
      }
    }
    throw new IllegalStateException("no metaspace");
  }
}
