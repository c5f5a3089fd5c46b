package example.lettersmisuse;

import example.lettersmisuse.Letters.Letter;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.ArrayList;
import java.util.List;

/** Gives letters back twice, and through another letter's handle, and prints how often. */
public final class MisuseService {
  private static final int TIMES = 25;

  private MisuseService() {}

  /**
   * Breaks contracts.
   *
   * @param args the number of threads; then {@code races} if two may give back at a time
   */
  public static void main(String[] args) throws Exception {
    int threads = Integer.parseInt(args[0]);
    boolean races = args.length > 1;
    Letters letters = new Letters();
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread thread = new FastThreadLocalThread(() -> work(letters, races), "clerk-" + i);
      all.add(thread);
      thread.start();
    }
    for (Thread thread : all) {
      thread.join();
    }
    int planted = TIMES * threads;
    System.out.println("double_return = " + (races ? 5 : 4) * planted);
    System.out.println("foreign_return = " + planted);
  }

  private static void work(Letters letters, boolean races) {
    byOthers(races);
    // With one object alone: in which order a thread's objects come again depends on the release.
    Letters single = new Letters();
    for (int time = 0; time < TIMES; time++) {
      Letter letter = (Letter) letters.get();
      letters.recycle(letter, letter.handle);
      again(letters, letter);
      // A Recycler of its own: old releases take it twice, and are of no use any more.
      Letters spoilt = new Letters();
      Letter lent = (Letter) spoilt.get();
      spoilt.recycle(lent, lent.handle);
      elsewhere(() -> again(spoilt, lent));
      lentAgain(single);
      Letter one = (Letter) letters.get();
      Letter other = (Letter) letters.get();
      refused(() -> letters.recycle(one, other.handle));
      letters.recycle(one, one.handle);
      letters.recycle(other, other.handle);
    }
  }

  private static void byOthers(boolean races) {
    Racers racers = new Racers();
    try {
      for (int time = 0; time < TIMES; time++) {
        racers.oneAfterTheOther();
        if (races) {
          racers.race();
        }
      }
    } catch (Exception unexpected) {
      throw new IllegalStateException(unexpected);
    } finally {
      racers.end();
    }
  }

  /** The stale return is taken for that of the next borrower, whose own is refused then. */
  private static void lentAgain(Letters letters) {
    Letter stale = (Letter) letters.get();
    letters.recycle(stale, stale.handle);
    Letter next = borrowNext(letters);
    if (next != stale) {
      throw new IllegalStateException("expected to get the same again");
    }
    recycleStale(letters, stale);
    again(letters, next);
  }

  private static Letter borrowNext(Letters letters) {
    return (Letter) letters.get();
  }

  private static void recycleStale(Letters letters, Letter letter) {
    letters.recycle(letter, letter.handle);
  }

  private static void elsewhere(Runnable work) {
    Thread thread = new FastThreadLocalThread(work, "stranger");
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void again(Letters letters, Letter letter) {
    refused(() -> letters.recycle(letter, letter.handle));
  }

  /** Some releases refuse in silence what another thread gives back. */
  private static void refused(Runnable step) {
    try {
      step.run();
    } catch (IllegalStateException | IllegalArgumentException expected) {
      return;
    }
  }
}
