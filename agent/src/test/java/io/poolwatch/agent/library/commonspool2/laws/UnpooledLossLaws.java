package io.poolwatch.agent.library.commonspool2.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolwatch.agent.library.commonspool2.Law;
import io.poolwatch.book.Ledger;
import io.poolwatch.book.ObjectBook;
import io.poolwatch.book.ReturnOutcome;
import io.poolwatch.book.Tally;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeUnit;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;

/** What is lent past the pool is not kept alive, and takes no place for ever when it is lost. */
public class UnpooledLossLaws extends UnpooledPool {
  private final Ledger ledger = new Ledger((system, facts) -> "toys", 200);

  /** The ledger looks at all pools each second. */
  private void aSecondPasses() {
    ledger.snapshot();
    ledger.tick(System.nanoTime());
  }

  /** Borrows objects, forgets them, and waits until they are collected. */
  private void lose(int count) throws Exception {
    List<WeakReference<Toy>> lost = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lost.add(new WeakReference<>(pool.borrowObject()));
    }
    forget();
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    for (WeakReference<Toy> each : lost) {
      while (each.get() != null) {
        assertThat(System.nanoTime()).as("nobody has it any more").isLessThan(until);
        System.gc();
      }
    }
  }

  /** The factory has no record any more. */
  void forget() {}

  @Law
  public void objectThatIsLostIsCollectedAndItsPlaceIsFreeAgain() throws Exception {
    pool.setMaxTotal(3);
    pool.setBlockWhenExhausted(false);
    for (int times = 1; times <= 2; times++) {
      book.unpooled(times);
      lose(2);
      assertThat(pool.getNumActive()).isZero();
      aSecondPasses();
    }
    pool.returnObject(pool.borrowObject());
    assertThat(Figures.tally(pool).created()).isEqualTo(5);
    expect("miss 5, discarded 1, removed experiment 5");
  }

  @Law
  public void placeOfWhatWasLostIsFreeAgainAfterTheExperiment() throws Exception {
    pool.setMaxTotal(3);
    pool.setBlockWhenExhausted(false);
    book.unpooled(1);
    lose(2);
    book.unpooled(0);
    aSecondPasses();
    for (int i = 0; i < 3; i++) {
      pool.borrowObject();
    }
    assertThatThrownBy(pool::borrowObject).isInstanceOf(NoSuchElementException.class);
    expect("miss 5, exhausted 1, removed experiment 2, used 3");
  }

  @Law
  public void whatWasLostLeavesItsPlaceToOthers() throws Exception {
    pool.setMaxTotal(-1);
    book.unpooled(1);
    lose(256);
    aSecondPasses();
    book.unpooled(2);
    List<Toy> held = new ArrayList<>();
    for (int i = 0; i < 128; i++) {
      held.add(pool.borrowObject());
    }
    assertThat(pool.getNumActive()).isZero();
    held.forEach(pool::returnObject);
    Tally tally = Figures.tally(pool);
    assertThat(tally.created()).isEqualTo(384);
    assertThat(tally.returns(ReturnOutcome.DISCARDED)).isEqualTo(128);
  }

  /** With a factory that needs the records of its objects. */
  public static class Attentive extends UnpooledLossLaws {
    private Maker.Attentive attentive() {
      return (Maker.Attentive) factory;
    }

    @Override
    void forget() {
      attentive().record = null;
    }

    /** A factory may keep the records that it makes. */
    @Law
    public void recordShowsItsObjectAllTheTime() throws Exception {
      for (int times = 1; times <= 2; times++) {
        book.unpooled(times);
        Toy toy = pool.borrowObject();
        PooledObject<Toy> record = attentive().record;
        assertThat(record.getObject()).isSameAs(toy);
        assertThat(record.toString()).contains(toy.toString());
        pool.returnObject(toy);
        assertThat(attentive().record).isSameAs(record);
        assertThat(record.getObject()).isSameAs(toy);
      }
    }

    /** What such a record refers to, nobody knows. */
    @Law
    public void poolWhoseFactoryHasRecordsOfItsOwnHasNoneFromThenOn() throws Exception {
      GenericObjectPool<Toy> other = new GenericObjectPool<>(new Maker.Recording());
      ObjectBook others = Figures.bookOf(other);
      assertThat(others.whyNotUnpooled()).isNull();
      others.unpooled(1);
      Toy toy = other.borrowObject();
      assertThat(others.whyNotUnpooled()).contains("records of its own");
      Toy pooled = other.borrowObject();
      assertThat(other.getNumActive()).isEqualTo(1);
      other.returnObject(toy);
      other.returnObject(pooled);
      assertThat(Figures.line(other))
          .isEqualTo("miss 2, pooled 1, discarded 1, removed experiment 1, idle 1");
    }
  }

  /** With a factory that makes, and does nothing else. */
  public static class Bare extends UnpooledLossLaws {
    @Override
    Maker maker() {
      return new Maker();
    }
  }
}
