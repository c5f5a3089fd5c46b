package example.lettersmisuse;

import example.lettersmisuse.Letters.Letter;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Two threads that give back what a third one borrowed, whose own this is. */
final class Racers {
  private final Letters letters = new Letters();
  private final CyclicBarrier together = new CyclicBarrier(2);
  private final ExecutorService both =
      Executors.newFixedThreadPool(2, work -> new FastThreadLocalThread(work, "racer"));

  /** One fault: which of the two is refused, and whether it is told, differs from case to case. */
  void race() throws Exception {
    Letter letter = (Letter) letters.get();
    Future<?> one = both.submit(() -> giveBack(letter));
    Future<?> other = both.submit(() -> giveBack(letter));
    one.get(20, TimeUnit.SECONDS);
    other.get(20, TimeUnit.SECONDS);
  }

  /** One fault: the object was given back by another thread, which its owner need not know yet. */
  void oneAfterTheOther() throws Exception {
    Letter letter = (Letter) letters.get();
    both.submit(() -> recycle(letter)).get(20, TimeUnit.SECONDS);
    recycle(letter);
  }

  private Void giveBack(Letter letter) throws Exception {
    together.await(20, TimeUnit.SECONDS);
    recycle(letter);
    return null;
  }

  /** Generation 1 refuses some by accident, and some in silence. */
  private void recycle(Letter letter) {
    try {
      letters.recycle(letter, letter.handle);
    } catch (IllegalStateException | NullPointerException refused) {
      return;
    }
  }

  void end() {
    both.shutdown();
  }
}
