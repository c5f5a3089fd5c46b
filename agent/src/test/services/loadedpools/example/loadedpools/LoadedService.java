package example.loadedpools;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;
import org.apache.commons.pool2.impl.GenericKeyedObjectPoolConfig;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.apache.commons.pool2.impl.SoftReferenceObjectPool;

/**
 * Uses pools of all kinds on several threads, holds some objects, and waits for one that it holds
 * itself. Told {@code pause}, it comes to rest and prints what it counted, a figure a line, until it
 * is told {@code go}; told {@code return}, it gives back what it holds. Compiled against Commons
 * Pool2 2.0 and Netty 4.1.9.
 */
public final class LoadedService {
  private static final ReentrantReadWriteLock GATE = new ReentrantReadWriteLock(true);

  private LoadedService() {}

  public static void main(String[] args) throws Exception {
    Use plain = new Use("plain", 3, PlainFactory.pool(6, 3));
    Use keyed = new Use("keyed", 3, KeyedFactory.pool());
    Use soft = new Use("soft", 2, SoftFactory.pool());
    Use narrow = new Use("narrow", 1, NarrowFactory.pool());
    List<Use> all = List.of(plain, keyed, soft, narrow);
    Letters letters = new Letters();
    letters.hold(2);
    letters.begin(2, GATE);
    Builders builders = new Builders();
    builders.begin(2, GATE);
    plain.hold(2);
    keyed.hold(2);
    narrow.hold(1);
    plain.begin(2, GATE);
    keyed.begin(2, GATE);
    soft.begin(1, GATE);
    // Waits in the pool's own code, from before an attach to after it.
    narrow.begin(1, null);
    while (narrow.waiting() == 0) {
      Thread.sleep(5);
    }
    System.out.println("ready");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      switch (line) {
        case "pause":
          GATE.writeLock().lock();
          narrow.rest(true);
          break;
        case "go":
          narrow.rest(false);
          GATE.writeLock().unlock();
          break;
        case "return":
          for (Use each : all) {
            each.giveBack();
          }
          letters.giveBack();
          break;
        default:
          throw new IllegalArgumentException(line);
      }
      for (Use each : all) {
        each.print();
      }
      letters.print();
      builders.print();
      System.out.println(".");
    }
    System.exit(0);
  }

  private static final class PlainFactory extends PartFactory {
    static Use.Pool pool(int total, int idle) {
      PlainFactory factory = new PlainFactory();
      GenericObjectPoolConfig config = new GenericObjectPoolConfig();
      config.setMaxTotal(total + 2);
      config.setMaxIdle(idle);
      config.setTestOnBorrow(true);
      return Use.Pool.of(new GenericObjectPool<>(factory, config), factory);
    }
  }

  private static final class KeyedFactory extends PartFactory {
    static Use.Pool pool() {
      KeyedFactory factory = new KeyedFactory();
      GenericKeyedObjectPoolConfig config = new GenericKeyedObjectPoolConfig();
      config.setMaxTotal(9);
      config.setMaxIdlePerKey(2);
      config.setTestOnBorrow(true);
      return Use.Pool.of(new GenericKeyedObjectPool<>(factory, config), factory);
    }
  }

  private static final class SoftFactory extends PartFactory {
    static Use.Pool pool() {
      SoftFactory factory = new SoftFactory();
      return Use.Pool.of(new SoftReferenceObjectPool<>(factory), factory);
    }
  }

  private static final class NarrowFactory extends PartFactory {
    static Use.Pool pool() {
      NarrowFactory factory = new NarrowFactory();
      GenericObjectPoolConfig config = new GenericObjectPoolConfig();
      config.setMaxTotal(1);
      return Use.Pool.of(new GenericObjectPool<>(factory, config), factory);
    }
  }
}
