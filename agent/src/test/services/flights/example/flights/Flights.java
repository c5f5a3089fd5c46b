package example.flights;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;

/**
 * Has events of its own, one class registered before the agent records and one after, and prints
 * when they are enabled: with no recording of its own, while one runs, and after that. Then it does
 * what its argument says: {@code leave} nothing, {@code stop} all recordings; {@code jcmd} has
 * another one started and stopped by the tool, and then the agent's stopped; {@code fill} fills the
 * disk for temporary files, at first nearly and then whole. With {@code refused} it waits until the
 * agent has found out that it cannot know, and does nothing else.
 */
public final class Flights {
  private static final long PATIENCE_MILLIS = 60_000;
  private static final long NEARLY_FULL = 200_000_000;

  private Flights() {}

  static final class Before extends Event {}

  static final class After extends Event {}

  static final class Mentioned extends Event {}

  private static final class Names extends BasePooledObjectFactory<StringBuilder> {
    @Override
    public StringBuilder create() {
      return new StringBuilder();
    }

    @Override
    public PooledObject<StringBuilder> wrap(StringBuilder name) {
      return new DefaultPooledObject<>(name);
    }
  }

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    FlightRecorder.register(Before.class);
    FlightRecorder.register(Mentioned.class);
    try (GenericObjectPool<StringBuilder> pool = new GenericObjectPool<>(new Names())) {
      pool.returnObject(pool.borrowObject());
      if (args[0].equals("refused")) {
        System.out.println("refused = " + is(Flights::isShut));
        return;
      }
      System.out.println("known = " + is(Flights::isOn));
      System.out.println("named = " + FlightRecorder.getFlightRecorder().getRecordings().stream()
          .filter(each -> each.getName().equals("poolwatch") && each.getMaxSize() > 0)
          .count());
      System.out.println("before, alone = " + now(new Before().isEnabled()));
      FlightRecorder.register(After.class);
      System.out.println("after, alone = " + not(() -> !new After().isEnabled()));
      try (Recording own = new Recording()) {
        own.disable(Mentioned.class);
        own.start();
        System.out.println("before, beside ours = " + now(new Before().isEnabled()));
        System.out.println("after, beside ours = " + now(new After().isEnabled()));
        System.out.println("switched off, beside ours = " + now(new Mentioned().isEnabled()));
        own.stop();
      }
      System.out.println("before, alone again = " + now(new Before().isEnabled()));
      System.out.println("after, alone again = " + now(new After().isEnabled()));
      if (args[0].equals("jcmd")) {
        jcmd("JFR.start", "name=theirs");
        System.out.println("before, beside theirs = " + now(new Before().isEnabled()));
        jcmd("JFR.stop", "name=theirs");
        System.out.println("before, after theirs = " + now(new Before().isEnabled()));
        System.out.println("still known = " + now(isOn()));
        jcmd("JFR.stop", "name=poolwatch");
        System.out.println("known after the stop = " + not(() -> !isOn()));
      } else if (args[0].equals("stop")) {
        for (Recording each : FlightRecorder.getFlightRecorder().getRecordings()) {
          each.stop();
        }
        System.out.println("known after the stop = " + not(() -> !isOn()));
      } else if (args[0].equals("fill")) {
        fill(pool);
      }
    }
  }

  private static void fill(GenericObjectPool<StringBuilder> pool) throws Exception {
    Path disk = Path.of(System.getProperty("java.io.tmpdir"));
    byte[] much = new byte[1 << 20];
    try (OutputStream file = Files.newOutputStream(disk.resolve("filler"))) {
      while (disk.toFile().getUsableSpace() > NEARLY_FULL) {
        file.write(much);
      }
      System.out.println("known after the disk filled = " + not(() -> !isOn()));
      // The recorder itself needs a moment to end.
      Thread.sleep(2_000);
      try {
        while (true) {
          file.write(much);
        }
      } catch (IOException full) {
        System.out.println("full = " + now(disk.toFile().getUsableSpace() < much.length));
      }
      int borrowed = 0;
      for (int i = 0; i < 1_000; i++) {
        pool.returnObject(pool.borrowObject());
        borrowed++;
        Thread.sleep(2);
      }
      System.out.println("borrowed on a full disk = " + borrowed);
    }
  }

  private static void jcmd(String command, String option) throws Exception {
    Process tool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(ProcessHandle.current().pid()),
                command,
                option)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (tool.waitFor() != 0) {
      throw new IllegalStateException(command + " " + option + " failed");
    }
  }

  private static int now(boolean enabled) {
    return enabled ? 1 : 0;
  }

  /** 1 as soon as it is so, 0 if it is not for long. */
  private static int is(BooleanSupplier state) throws InterruptedException {
    long end = System.currentTimeMillis() + PATIENCE_MILLIS;
    while (!state.getAsBoolean() && System.currentTimeMillis() < end) {
      Thread.sleep(10);
    }
    return now(state.getAsBoolean());
  }

  /** 0 as soon as it is so, 1 if it is not for long. */
  private static int not(BooleanSupplier state) throws InterruptedException {
    return 1 - is(state);
  }

  private static boolean isOn() {
    return (boolean) ask("isOn");
  }

  /** Then nothing has a stamp. */
  private static boolean isShut() {
    return (long) ask("now") == Long.MAX_VALUE;
  }

  private static Object ask(String question) {
    try {
      return Class.forName("java.poolwatch.gc.Epochs", true, null).getMethod(question).invoke(null);
    } catch (ReflectiveOperationException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
