package example.lostletters;

import io.netty.util.Recycler;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.ArrayList;
import java.util.List;

/** Loses letters, again and again, and returns others while it does. */
public final class LostLetters {
  private static final int ROUNDS = 8;
  private static final int LOST = 20;
  private static final int KEPT = 200;

  private LostLetters() {}

  private static final class Letters extends Recycler {
    @Override
    protected Object newObject(Recycler.Handle handle) {
      return new Letter(handle);
    }
  }

  private static final class Letter {
    final Recycler.Handle handle;

    Letter(Recycler.Handle handle) {
      this.handle = handle;
    }
  }

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    Letters letters = new Letters();
    Thread clerk = new FastThreadLocalThread(() -> work(letters), "clerk");
    clerk.start();
    clerk.join();
    System.out.println("lost = " + ROUNDS * LOST);
  }

  private static void work(Letters letters) {
    List<Letter> late = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < LOST; i++) {
        lose(letters);
      }
      for (int i = 0; i < KEPT; i++) {
        late.add(keep(letters));
      }
      System.gc();
      sleep();
      for (Letter letter : late) {
        letters.recycle(letter, letter.handle);
      }
      late.clear();
    }
    System.gc();
    sleep();
  }

  private static void lose(Letters letters) {
    letters.get();
  }

  private static Letter keep(Letters letters) {
    return (Letter) letters.get();
  }

  private static void sleep() {
    try {
      Thread.sleep(1_300);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
