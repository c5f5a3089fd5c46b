package io.poolwatch.agent.library.nettyrecycler;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.book.BorrowOutcome;
import io.poolwatch.book.ReturnOutcome;
import io.poolwatch.book.Tally;
import io.poolwatch.woven.nettyrecycler.RecyclerHooks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripted, one thread at a time: what each call means, in every generation. */
class NettyRecyclerTest {
  @AfterEach
  void noHookFailed() {
    assertThat(RecyclerHooks.SYSTEM.breaker().first()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.0.56", "4.1.9", "4.1.25", "4.1.45", "4.1.52", "4.1.60", "4.1.65", "4.1.70", "4.1.71", "4.1.75", "4.1.100", "4.1.119", "4.1.120", "4.1.140", "4.2.0", "4.2.6", "4.2.7", "4.2.9", "4.2.20"})
  void firstGetIsAMissAndTheNextAHit(String version) throws Exception {
    Netty netty = Netty.of(version);
    class Thing extends Pooled {
      Thing(Object handle) {
        super(handle);
      }
    }
    Netty.Pool pool = netty.recycler(Thing::new);
    netty.onFastThread(
        () -> {
          Pooled first = (Pooled) pool.get();
          pool.recycle(first, first.handle);
          assertThat(pool.get()).isSameAs(first);
          Tally tally = netty.tally(Thing.class);
          assertThat(tally.borrows(BorrowOutcome.MISS)).isEqualTo(1);
          assertThat(tally.borrows(BorrowOutcome.HIT)).isEqualTo(1);
          assertThat(tally.returns(ReturnOutcome.POOLED)).isEqualTo(1);
          assertThat(tally.used()).isEqualTo(1);
          assertThat(tally.idle()).isZero();
        });
  }

  /** A pooled object, which knows its handle. */
  static class Pooled {
    final Object handle;

    Pooled(Object handle) {
      this.handle = handle;
    }
  }
}
