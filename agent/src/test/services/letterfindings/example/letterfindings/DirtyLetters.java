package example.letterfindings;

import example.letterfindings.Letters.Letter;

/** Letters that are wiped before they are given back; all of them, or nearly all. */
public final class DirtyLetters {
  private static final int RETURNS = 4_000;

  private DirtyLetters() {}

  /** Runs it: {@code planted} or {@code clean}. */
  public static void main(String[] args) throws Exception {
    boolean wipesAll = args[0].equals("clean");
    Letters letters = new Letters();
    Clerks clerks = new Clerks();
    clerks.start(
        "clerk",
        () -> {
          write(letters, 1, true);
          Thread.sleep(1_500);
          for (int i = 1; i <= RETURNS; i++) {
            write(letters, i, wipesAll || i % 50 != 0);
          }
          Thread.sleep(60_000);
        });
    Thread.sleep(3_500);
    clerks.end();
    System.out.println("done");
  }

  private static void write(Letters letters, int number, boolean wiped) {
    Letter letter = letters.take();
    letter.number = number;
    letter.text.append("dear");
    letter.sender = "x" + number;
    letter.text.setLength(0);
    if (wiped) {
      letter.sender = null;
    }
    letters.giveBack(letter);
  }
}
