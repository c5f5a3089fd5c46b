package io.poolwatch.agent.library.commonspool2.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.book.MissCause;
import io.poolwatch.book.ObjectBook;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.Tally;
import org.apache.commons.pool2.impl.GenericObjectPool;

/** A pool that an experiment may be on. */
public abstract class UnpooledPool {
  final Maker factory = maker();
  final GenericObjectPool<Toy> pool = new GenericObjectPool<>(factory);
  final ObjectBook book = Figures.bookOf(pool);

  /** A factory that does nothing but making, or one that has something to do all the time. */
  Maker maker() {
    return new Maker.Attentive();
  }

  /** Where the limit is in the way it says so itself. */
  UnpooledPool() {
    pool.setMaxTotal(32);
    assertThat(book.whyNotUnpooled()).isNull();
  }

  final void expect(String figures) {
    assertThat(Figures.line(pool)).isEqualTo(figures);
  }

  /** The equations, and that the library has all places again. */
  public void settle() {
    book.unpooled(0);
    Tally tally = Figures.tally(pool);
    assertThat(tally.created()).isEqualTo(tally.idle() + tally.used() + tally.removed());
    assertThat(tally.misses(MissCause.EXPERIMENT))
        .isLessThanOrEqualTo(tally.removed(RemovalReason.EXPERIMENT));
    assertThat(tally.used()).isEqualTo(pool.getNumActive());
    assertThat(tally.idle()).isEqualTo(pool.getNumIdle());
  }
}
