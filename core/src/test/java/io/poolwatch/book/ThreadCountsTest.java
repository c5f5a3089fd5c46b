package io.poolwatch.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ThreadCountsTest {
  private static void count(int place) {
    if (!ThreadCounts.add(place)) {
      assertThat(ThreadCounts.addSlowly(place)).isTrue();
    }
  }

  @Test
  void manyThreadsCountEachOneOnceAlsoAfterTheirEnd() throws Exception {
    int place = ThreadCounts.open();
    int blocksBefore = ThreadCounts.blocks();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < 100_000; i++) {
                  count(place);
                }
              });
      thread.start();
      threads.add(thread);
    }
    long seen = 0;
    while (seen < 800_000) {
      long now = ThreadCounts.sum(place);
      assertThat(now).isBetween(seen, 800_000L);
      seen = now;
    }
    for (Thread thread : threads) {
      thread.join();
    }
    threads.clear();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (ThreadCounts.blocks() > blocksBefore) {
      assertThat(System.nanoTime()).as("ended threads are folded in time").isLessThan(end);
      System.gc();
      Thread.sleep(20);
    }
    assertThat(ThreadCounts.sum(place)).isEqualTo(800_000);
    ThreadCounts.close(place);
  }

  @Test
  void placeThatIsGivenOutAgainBeginsAtZero() {
    int place = ThreadCounts.open();
    count(place);
    count(place);
    assertThat(ThreadCounts.sum(place)).isEqualTo(2);
    ThreadCounts.close(place);
    List<Integer> opened = new ArrayList<>();
    do {
      opened.add(ThreadCounts.open());
    } while (!opened.contains(place) && opened.size() < 5_000);
    assertThat(opened).contains(place);
    assertThat(ThreadCounts.sum(place)).isZero();
    count(place);
    assertThat(ThreadCounts.sum(place)).isEqualTo(1);
    opened.forEach(ThreadCounts::close);
  }

  @Test
  void booksBeyondTheLastPlaceCountAllTheSame() {
    List<Integer> opened = new ArrayList<>();
    int place = ThreadCounts.open();
    while (place != ThreadCounts.NONE) {
      opened.add(place);
      place = ThreadCounts.open();
    }
    try {
      ShareBook book = new ShareBook(Systems.everything(), Systems.facts());
      book.missDisabled();
      book.missDisabled();
      Tally tally = new Tally();
      book.tally(tally);
      assertThat(tally.misses(MissCause.DISABLED)).isEqualTo(2);
    } finally {
      opened.forEach(ThreadCounts::close);
    }
  }
}
