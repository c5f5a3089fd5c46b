package io.poolwatch.violation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class IdentityMapTest {
  private final IdentityMap<String> map = new IdentityMap<>();

  @Test
  void firstThatIsNotedStaysAndNoObjectIsAsked() {
    Touchy one = new Touchy();
    Touchy other = new Touchy();
    assertThat(map.get(one)).isNull();
    assertThat(map.putIfAbsent(one, "one")).isEqualTo("one");
    assertThat(map.putIfAbsent(one, "one again")).isEqualTo("one");
    assertThat(map.get(one)).isEqualTo("one");
    assertThat(map.get(other)).isNull();
    assertThat(map.putIfAbsent(other, "other")).isEqualTo("other");
    assertThat(map.size()).isEqualTo(2);
  }

  @Test
  void nothingIsForgottenHoweverManyThereAre() {
    List<Object> held = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      Object each = new Object();
      held.add(each);
      map.putIfAbsent(each, "" + i);
    }
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < held.size(); i++) {
        assertThat(map.get(held.get(i))).isEqualTo("" + i);
      }
    }
    AtomicInteger shown = new AtomicInteger();
    map.forEach((object, value) -> shown.incrementAndGet());
    assertThat(shown).hasValue(50_000);
  }

  @Test
  void collectedObjectsAreForgotten() throws Exception {
    Object kept = new Object();
    map.putIfAbsent(kept, "kept");
    putAndDrop(1_000);
    for (int i = 0; map.size() > 100; i++) {
      assertThat(i).as("collections").isLessThan(200);
      System.gc();
      Thread.sleep(5);
      map.putIfAbsent(new Object(), "one more");
    }
    assertThat(map.get(kept)).isEqualTo("kept");
  }

  private void putAndDrop(int objects) {
    for (int i = 0; i < objects; i++) {
      map.putIfAbsent(new Object(), "dropped");
    }
  }

  @Test
  void threadsThatComeTogetherAgree() throws Exception {
    List<Object> objects = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      objects.add(new Object());
    }
    String[][] seen = new String[4][objects.size()];
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < seen.length; t++) {
      String[] own = seen[t];
      String name = "by " + t;
      Thread thread =
          new Thread(
              () -> {
                try {
                  start.await();
                } catch (InterruptedException unexpected) {
                  return;
                }
                for (int i = 0; i < own.length; i++) {
                  String known = map.get(objects.get(i));
                  own[i] = known == null ? map.putIfAbsent(objects.get(i), name) : known;
                }
              });
      thread.start();
      threads.add(thread);
    }
    start.countDown();
    for (Thread each : threads) {
      each.join();
    }
    for (String[] own : seen) {
      assertThat(own).doesNotContainNull().isEqualTo(seen[0]);
    }
  }
}
