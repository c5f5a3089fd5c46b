package io.poolwatch.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class KnownObjectsTest {
  private final KnownObjects known = new KnownObjects();
  private final Losses follower = new Losses(this);
  private final ReferenceQueue<Object> queue = new ReferenceQueue<>();

  /** Calls of its methods would be noticed. */
  private static final class Hostile {
    @Override
    public boolean equals(Object other) {
      throw new AssertionError();
    }

    @Override
    public int hashCode() {
      throw new AssertionError();
    }
  }

  private KnownObject add(Object object) {
    KnownObject added = new KnownObject(object, queue, follower, 1);
    known.add(added);
    return added;
  }

  @Test
  void objectsAreFoundByIdentityAlone() {
    List<Object> objects = new ArrayList<>();
    List<KnownObject> added = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      objects.add(new Hostile());
      added.add(add(objects.get(i)));
    }
    for (int i = 0; i < 3_000; i++) {
      assertThat(known.find(objects.get(i))).isSameAs(added.get(i));
    }
    assertThat(known.find(new Hostile())).isNull();
    assertThat(known.size()).isEqualTo(3_000);
  }

  @Test
  void forgottenOnesAreNotFound() {
    List<Object> objects = new ArrayList<>();
    List<KnownObject> added = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      objects.add(new Object());
      added.add(add(objects.get(i)));
    }
    for (int i = 0; i < 3_000; i += 2) {
      known.remove(added.get(i));
    }
    for (int i = 0; i < 3_000; i++) {
      assertThat(known.find(objects.get(i))).isSameAs(i % 2 == 0 ? null : added.get(i));
    }
    assertThat(known.size()).isEqualTo(1_500);
  }

  @Test
  void manyThreadsAddWhileAnotherForgets() throws Exception {
    int threads = 4;
    int each = 20_000;
    Set<KnownObject> expected = Collections.synchronizedSet(new HashSet<>());
    List<Object> kept = Collections.synchronizedList(new ArrayList<>());
    List<KnownObject> toForget = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch running = new CountDownLatch(threads);
    for (int i = 0; i < threads; i++) {
      new Thread(
              () -> {
                for (int j = 0; j < each; j++) {
                  Object object = new Object();
                  kept.add(object);
                  KnownObject added = add(object);
                  if (j % 2 == 0) {
                    expected.add(added);
                  } else {
                    toForget.add(added);
                  }
                }
                running.countDown();
              })
          .start();
    }
    int forgotten = 0;
    while (running.getCount() > 0 || forgotten < toForget.size()) {
      if (forgotten < toForget.size()) {
        known.remove(toForget.get(forgotten++));
      }
    }
    Set<KnownObject> found = new HashSet<>();
    known.forEach(object -> assertThat(found.add(object)).isTrue());
    assertThat(found).isEqualTo(expected);
    for (Object object : kept.subList(0, 1_000)) {
      KnownObject one = known.find(object);
      assertThat(one == null || one.get() == object).isTrue();
    }
  }
}
