package example.letterfindings;

import example.letterfindings.Letters.Letter;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Letters that one thread takes and another gives back: more at a time than there is room for, or as
 * producers and consumers do. The room is set from outside.
 */
public final class HandedOver {
  private static final int LOT = 400;
  private static final long LASTS_MILLIS = 6_500;

  private HandedOver() {}

  /** Runs it: {@code planted} or {@code clean}. */
  public static void main(String[] args) throws Exception {
    int atATime = args[0].equals("planted") ? LOT : 8;
    Letters letters = new Letters();
    BlockingQueue<Letter> box = new ArrayBlockingQueue<>(LOT);
    BlockingQueue<Boolean> done = new ArrayBlockingQueue<>(1);
    Clerks clerks = new Clerks();
    clerks.start(
        "writer",
        () -> {
          while (true) {
            for (int i = 0; i < atATime; i++) {
              box.put(letters.take());
            }
            done.take();
            Thread.sleep(2);
          }
        });
    clerks.start(
        "postman",
        () -> {
          while (true) {
            for (int i = 0; i < atATime; i++) {
              letters.giveBack(box.take());
            }
            done.put(true);
          }
        });
    Thread.sleep(LASTS_MILLIS);
    clerks.end();
    System.out.println("done");
  }
}
