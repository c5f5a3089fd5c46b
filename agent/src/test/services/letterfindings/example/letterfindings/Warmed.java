package example.letterfindings;

import example.letterfindings.Letters.Letter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Letters that are made ahead by a thread that never takes one, or by those that do. */
public final class Warmed {
  private static final int AHEAD = 100;
  private static final long LASTS_MILLIS = 5_500;

  private Warmed() {}

  /** Runs it: {@code planted} or {@code clean}. */
  public static void main(String[] args) throws Exception {
    Letters letters = new Letters();
    Clerks clerks = new Clerks();
    CountDownLatch warm = new CountDownLatch(1);
    if (args[0].equals("planted")) {
      clerks.start(
          "starter",
          () -> {
            ahead(letters);
            warm.countDown();
            Thread.sleep(60_000);
          });
      warm.await();
    } else {
      // Was first, too, as the thread that starts a service often is, and did work of its own.
      clerks.start(
          "starter",
          () -> {
            for (int i = 0; i < AHEAD; i++) {
              letters.giveBack(letters.take());
            }
            warm.countDown();
            Thread.sleep(60_000);
          });
      warm.await();
    }
    for (int i = 0; i < 2; i++) {
      clerks.start("clerk-" + i, () -> work(letters));
    }
    Thread.sleep(LASTS_MILLIS);
    clerks.end();
    System.out.println("done");
  }

  private static void work(Letters letters) throws InterruptedException {
    while (true) {
      ahead(letters);
      Thread.sleep(5);
    }
  }

  private static void ahead(Letters letters) {
    List<Letter> taken = new ArrayList<>();
    for (int i = 0; i < AHEAD; i++) {
      taken.add(letters.take());
    }
    for (Letter letter : taken) {
      letters.giveBack(letter);
    }
  }
}
