package io.poolwatch.agent.library.threadlocal;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.agent.weave.WovenLoader;
import io.poolwatch.book.Ledger;
import io.poolwatch.book.Tally;
import io.poolwatch.pool.ThreadLocalPool;
import io.poolwatch.woven.threadlocal.ThreadLocalPoolHooks;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;

/** Bundled pools that are woven, and what the agent says of them. */
abstract class WatchedPools {
  /** What is pooled. */
  static final class Pooled {
    final byte[] content = new byte[256];
  }

  final WovenLoader loader = woven();
  final String name = "things-" + UUID.randomUUID();

  final Ledger ledger =
      new Ledger((system, facts) -> name.equals(facts.givenName()) ? name : null, 10);

  static WovenLoader woven() {
    return WovenLoader.of(
        new ThreadLocalPoolLibrary(true, true),
        ThreadLocalPool.class.getProtectionDomain().getCodeSource().getLocation());
  }

  WovenPool.Builder builder() {
    return WovenPool.builder(loader, Pooled::new).name(name);
  }

  @AfterEach
  void noHookFailedAndNothingWasRefused() {
    assertThat(ThreadLocalPoolHooks.SYSTEM.breaker().first()).isNull();
    assertThat(loader.refused()).isEmpty();
  }

  Tally tally() {
    return ledger.snapshot().get(0).tally();
  }

  static List<Object> take(WovenPool pool, int number) {
    List<Object> taken = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      taken.add(pool.get());
    }
    return taken;
  }

  static void inAnotherThread(Runnable action) throws InterruptedException {
    Thread thread = new Thread(action);
    thread.start();
    thread.join();
  }

  static void until(BooleanSupplier reached) throws InterruptedException {
    for (int i = 0; i < 200 && !reached.getAsBoolean(); i++) {
      System.gc();
      Thread.sleep(20);
    }
    assertThat(reached.getAsBoolean()).isTrue();
  }
}
