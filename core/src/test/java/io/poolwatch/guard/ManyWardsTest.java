package io.poolwatch.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.book.Life;
import io.poolwatch.book.ViolationKind;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Many objects and many threads. */
class ManyWardsTest extends GuardedPool {
  @Test
  void lentObjectIsNeverReportedOnManyThreads() throws Exception {
    int threads = 8;
    BlockingQueue<Part> idle = new ArrayBlockingQueue<>(threads);
    for (int i = 0; i < threads - 2; i++) {
      Part part = made();
      borrow(part);
      giveBack(part);
      idle.add(part);
    }
    ExecutorService clients = Executors.newFixedThreadPool(threads);
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      boolean evictor = i == 0;
      running.add(
          clients.submit(
              () -> {
                for (int round = 0; round < 200_000; round++) {
                  Part part = idle.take();
                  if (evictor) {
                    Wards.handling(part.life);
                    part.use();
                    Wards.handled(part.life);
                  } else {
                    borrow(part);
                    part.use();
                    giveBack(part);
                  }
                  idle.put(part);
                }
                return null;
              }));
    }
    for (Future<?> each : running) {
      each.get();
    }
    clients.shutdown();

    assertClean();
  }

  @Test
  void everyUseOfAnIdleObjectCountsOnManyThreads() throws Exception {
    int threads = 8;
    int rounds = 2_000;
    ExecutorService clients = Executors.newFixedThreadPool(threads);
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      running.add(
          clients.submit(
              () -> {
                Part part = made();
                for (int round = 0; round < rounds; round++) {
                  borrow(part);
                  part.use();
                  giveBack(part);
                  part.use();
                }
              }));
    }
    for (Future<?> each : running) {
      each.get();
    }
    clients.shutdown();

    assertThat(count(ViolationKind.USE_AFTER_RETURN)).isEqualTo((long) threads * rounds);
  }

  @Test
  void millionObjectsTakeBoundedRoomAndAreFreeToDie() {
    List<Life> lives = new ArrayList<>();
    WeakReference<Part> one = fill(lives);
    assertThat(Wards.count()).isEqualTo(10_000);
    for (int i = 0; i < 100 && (one.get() != null || Wards.count() > 0); i++) {
      System.gc();
      Wards.forgetCollected();
    }

    assertThat(one.get()).isNull();
    assertThat(Wards.count()).isZero();
    assertThat(lives).hasSize(1_000_000);
    assertThat(Places.taken()).isZero();
  }

  @Test
  void usesAreFoundHoweverManyObjectsThereAre() {
    Wards.guard(50_000);
    List<Part> parts = new ArrayList<>();
    long guarded = 0;
    for (int i = 0; i < 50_000; i++) {
      Part part = made();
      guarded += part.life.companion() == null ? 0 : 1;
      parts.add(part);
    }
    for (Part part : parts) {
      borrow(part);
      part.use();
    }
    assertClean();
    for (Part part : parts) {
      giveBack(part);
      part.use();
    }

    assertThat(guarded).isBetween(49_990L, 50_000L);
    assertThat(count(ViolationKind.USE_AFTER_RETURN)).isEqualTo(guarded);
    assertThat(Places.taken()).isGreaterThan(45_000);
  }

  private WeakReference<Part> fill(List<Life> lives) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < 1_000_000; i++) {
      Part part = made();
      parts.add(part);
      lives.add(part.life);
    }
    return new WeakReference<>(parts.get(0));
  }
}
