package io.poolwatch.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** How many keys a keyed pool is asked for. */
class KeyWindowsTest {
  private final ObjectBook book = new ObjectBook(Systems.everything(), Systems.facts());

  private Life made(KeyShare share, Object key) {
    Life life = new Life();
    book.asked(share, key);
    book.created(life, new Object(), share);
    book.lent(life, true);
    return life;
  }

  private Tally closeWindow() {
    book.closeKeyWindow();
    Tally tally = new Tally();
    book.tally(tally);
    return tally;
  }

  @Test
  void eachKeyThatObjectsWereLentUnderCountsOnceAWindow() {
    List<Life> lives = new ArrayList<>();
    for (int key = 0; key < 5; key++) {
      KeyShare share = new KeyShare();
      Life first = made(share, "key " + key);
      made(share, "key " + key);
      book.returned(first);
      lives.add(first);
    }
    Tally tally = closeWindow();
    assertThat(tally.hasKeys()).isTrue();
    assertThat(tally.keysAsked()).isEqualTo(5);
    assertThat(tally.keysOpened()).isEqualTo(5);
    assertThat(tally.idleElsewhere()).isZero();

    for (int loan = 0; loan < 3; loan++) {
      book.lent(lives.get(0), false);
      book.returned(lives.get(0));
    }
    tally = closeWindow();
    assertThat(tally.keysAsked()).as("hits count, each key once").isEqualTo(1);
    assertThat(tally.idleElsewhere()).isEqualTo(4);

    tally = closeWindow();
    assertThat(tally.keysAsked()).as("long loans ask for nothing").isZero();
    assertThat(tally.idleElsewhere()).isEqualTo(5);
    assertThat(tally.keysOpened()).isEqualTo(5);
  }

  @Test
  void keyThatTheLibraryForgotIsKnownAgainIfItsValueIsOfTheJdk() {
    for (int i = 0; i < 3; i++) {
      book.discarded(made(new KeyShare(), "one key"), RemovalReason.CAPACITY);
      book.discarded(made(new KeyShare(), new Object()), RemovalReason.CAPACITY);
    }
    Tally tally = closeWindow();
    assertThat(tally.keysAsked()).isEqualTo(1 + 3);
    assertThat(tally.keysOpened()).isEqualTo(6);
  }

  @Test
  void loanOfAnObjectThatWasLetGoSinceIsSeen() {
    KeyShare share = new KeyShare();
    Life life = made(share, "key");
    book.returned(life);
    closeWindow();
    book.lent(life, false);
    book.discarded(life, RemovalReason.CAPACITY);
    book.tally(new Tally());
    assertThat(book.listed()).isZero();
    assertThat(closeWindow().keysAsked()).isEqualTo(1);
  }

  @Test
  void poolWithoutKeysHasNone() {
    Life life = new Life();
    book.created(life, new Object());
    book.lent(life, true);
    book.returned(life);
    assertThat(closeWindow().hasKeys()).isFalse();
  }

  @Test
  void countIsExactOnManyThreads() throws Exception {
    int keys = 1_000;
    List<KeyShare> shares = new ArrayList<>();
    for (int key = 0; key < keys; key++) {
      shares.add(new KeyShare());
      made(shares.get(key), key);
    }
    closeWindow();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> done = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        int first = thread * 50;
        done.add(
            threads.submit(
                () -> {
                  for (int key = first; key < first + 200; key++) {
                    made(shares.get(key), key);
                    book.returned(made(shares.get(key), key));
                  }
                }));
      }
      for (Future<?> each : done) {
        each.get();
      }
    } finally {
      threads.shutdown();
    }
    Tally tally = closeWindow();
    assertThat(tally.keysAsked()).isEqualTo(7 * 50 + 200);
    assertThat(tally.keysOpened()).isEqualTo(keys);
  }
}
