package example.lateletters;

import io.netty.util.Recycler;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Writes to every twentieth letter after it was recycled, and to each one before. */
public final class LateLetters {
  private static final int LOANS = 20_000;
  private static final int ONE_IN = 20;

  private LateLetters() {}

  /** What is pooled. */
  static class Letter {
    final Recycler.Handle handle;
    int text;

    Letter(Recycler.Handle handle) {
      this.handle = handle;
    }
  }

  /** What is pooled and used well. */
  static final class CleanLetter extends Letter {
    CleanLetter(Recycler.Handle handle) {
      super(handle);
    }
  }

  private static final Recycler<Letter> FAULTY =
      new Recycler<Letter>() {
        @Override
        protected Letter newObject(Handle handle) {
          return new Letter(handle);
        }
      };

  private static final Recycler<CleanLetter> CLEAN =
      new Recycler<CleanLetter>() {
        @Override
        protected CleanLetter newObject(Handle handle) {
          return new CleanLetter(handle);
        }
      };

  public static void main(String[] arguments) throws Exception {
    int threads = Integer.parseInt(arguments[0]);
    List<Thread> owners = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread owner = new FastThreadLocalThread(() -> use(LOANS / threads), "clerk-" + i);
      owners.add(owner);
      owner.start();
    }
    for (Thread owner : owners) {
      owner.join();
    }
    System.out.println("planted = " + LOANS / ONE_IN);
  }

  private static void use(int loans) {
    ExecutorService others = Executors.newSingleThreadExecutor();
    try {
      for (int loan = 1; loan <= loans; loan++) {
        Letter letter = FAULTY.get();
        letter.text++;
        FAULTY.recycle(letter, letter.handle);
        if (loan % ONE_IN == 0) {
          letter.text++;
        }
        CleanLetter clean = CLEAN.get();
        clean.text++;
        if (loan % 10 == 0) {
          others
              .submit(
                  () -> {
                    clean.text++;
                    CLEAN.recycle(clean, clean.handle);
                  })
              .get();
        } else {
          CLEAN.recycle(clean, clean.handle);
        }
      }
      Letter last = FAULTY.get();
      FAULTY.recycle(last, last.handle);
    } catch (Exception surprise) {
      surprise.printStackTrace();
    } finally {
      others.shutdown();
    }
  }
}
