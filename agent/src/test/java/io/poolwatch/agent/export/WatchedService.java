package io.poolwatch.agent.export;

import io.poolwatch.agent.report.SummaryReport;
import io.poolwatch.book.Books;
import io.poolwatch.book.DurationSamples;
import io.poolwatch.book.Ledger;
import io.poolwatch.book.Life;
import io.poolwatch.book.ObjectBook;
import io.poolwatch.book.PoolFacts;
import io.poolwatch.book.PoolSystem;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * A service in a process of its own, with one pool whose book it writes itself, and an exporter
 * chosen by its environment. Obeys lines on standard input: {@code borrow N}, {@code fail N}
 * (borrows on until so many exports have failed, then tells the bytes in use), {@code exit}.
 */
final class WatchedService {
  private WatchedService() {}

  public static void main(String[] args) throws Exception {
    Notices notices =
        new Notices() {
          @Override
          public void info(String line) {
            System.out.println("INFO " + line);
          }

          @Override
          public void warn(String line) {
            System.out.println("WARN " + line);
          }
        };
    Ledger ledger = new Ledger((system, facts) -> facts.poolClass(), 100);
    AgentCounts counts = new AgentCounts(ledger, Set.of("test_system"));
    MetricsExport export =
        Exports.choose(
            OtelVariables.ofProcess(),
            ledger,
            counts,
            pool -> null,
            notices,
            new SummaryReport(ledger, notices, 200));
    Thread agent = new Thread(() -> run(ledger, export), "agent");
    agent.setDaemon(true);
    agent.start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> export.close(2_000)));

    ObjectBook book =
        new ObjectBook(
            PoolSystem.named("test_system").waiting().build(), new PoolFacts("the pool"));
    Object pool = new Object();
    Books.register(pool, book);
    Life life = new Life();
    book.created(life, null);
    boolean fresh = true;
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println("READY");
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      if (order.equals("exit")) {
        break;
      }
      if (order.startsWith("fail ")) {
        long failures = Long.parseLong(order.substring("fail ".length()));
        while (counts.exportsFailed() < failures) {
          book.lent(life, false);
          book.returned(life);
          DurationSamples.record(book, DurationSamples.BORROW, 1_000);
          Thread.sleep(1);
        }
        System.out.println("BYTES " + bytesInUse());
        continue;
      }
      int borrows = Integer.parseInt(order.substring("borrow ".length()));
      for (int i = 0; i < borrows; i++) {
        book.lent(life, fresh);
        fresh = false;
        book.returned(life);
        DurationSamples.record(book, DurationSamples.BORROW, 1_000);
      }
      System.out.println("DONE");
    }
    Reference.reachabilityFence(pool);
    System.exit(0);
  }

  private static long bytesInUse() throws InterruptedException {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      Thread.sleep(20);
      Runtime runtime = Runtime.getRuntime();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  private static void run(Ledger ledger, MetricsExport export) {
    export.start();
    System.out.println("STARTED");
    while (true) {
      long now = System.nanoTime();
      ledger.tick(now);
      export.tick(now);
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        return;
      }
    }
  }
}
