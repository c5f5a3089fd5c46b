package io.poolwatch.agent.library.commonspool2.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolwatch.agent.library.commonspool2.Law;
import io.poolwatch.agent.weave.OpenMemory;
import io.poolwatch.book.Ledger;
import io.poolwatch.book.Tally;
import io.poolwatch.book.ViolationKind;
import io.poolwatch.fingerprint.Fingerprints;
import io.poolwatch.guard.Wards;
import java.lang.reflect.Field;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeUnit;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.PooledSoftReference;
import org.apache.commons.pool2.impl.SoftReferenceObjectPool;

/** What holds for {@link SoftReferenceObjectPool}. */
public class SoftPoolLaws extends PoolLaws {
  private final SoftReferenceObjectPool<Toy> pool = new SoftReferenceObjectPool<>(factory);

  @Override
  SoftReferenceObjectPool<Toy> pool() {
    return pool;
  }

  @Override
  Toy borrow() throws Exception {
    return pool.borrowObject();
  }

  @Override
  void giveBack(Toy toy) throws Exception {
    pool.returnObject(toy);
  }

  @Override
  void invalidate(Toy toy) throws Exception {
    pool.invalidateObject(toy);
  }

  @Override
  void add() throws Exception {
    pool.addObject();
  }

  @Override
  void clear() {
    pool.clear();
  }

  @Override
  void close() {
    pool.close();
  }

  @Override
  boolean alwaysValidates() {
    return true;
  }

  @Override
  public void settle() {
    if (collected) { // the library destroys nothing then, and counts what is gone as idle
      return;
    }
    Tally tally = Figures.tally(pool);
    assertThat(tally.created()).as("made").isEqualTo(factory.made.get());
    assertThat(tally.removed()).as("destroyed").isEqualTo(factory.destroyed.get());
    assertThat(tally.idle()).as("idle").isEqualTo(pool.getNumIdle());
  }

  @Law
  public void newObjectThatIsInvalidIsAnError() throws Exception {
    factory.valid = false;
    assertThatThrownBy(this::borrow).isInstanceOf(NoSuchElementException.class);
    expect("error 1, removed invalid 1, validation invalid 1");
  }

  @Law
  public void addedObjectThatIsInvalidIsRemoved() throws Exception {
    factory.valid = false;
    add();
    expect("removed invalid 1, validation invalid 1");
  }

  @Law
  public void returnThatIsInvalidIsDiscarded() throws Exception {
    Toy toy = borrow();
    factory.valid = false;
    giveBack(toy);
    expect("miss 1, discarded 1, removed invalid 1, validation valid 1, validation invalid 1");
  }

  @Law
  public void secondReturnIsTakenAsTheLibraryTakesIt() throws Exception {
    Toy toy = borrow();
    giveBack(toy);
    giveBack(toy);
    expect("miss 1, pooled 2, validation valid 3, idle 1");
    assertThat(borrow()).isSameAs(borrow());
    expect("hit 2, miss 1, pooled 2, validation valid 5, used 1");
  }

  @Law
  public void objectThatThePoolLendsTwiceIsGuardedNoMore() throws Exception {
    Wards.guard(100);
    try {
      Toy toy = borrow();
      giveBack(toy);
      giveBack(toy);
      assertThat(borrow()).isSameAs(toy);
      assertThat(borrow()).isSameAs(toy);
      giveBack(toy);
      toy.play();
      borrow();
    } finally {
      Wards.guard(0);
    }
    assertThat(Figures.tally(pool).violations(ViolationKind.DOUBLE_RETURN)).isEqualTo(1);
    assertThat(Figures.tally(pool).violations()).isEqualTo(1);
  }

  @Law
  public void contentOfAnObjectThatThePoolLendsTwiceIsLookedAtNoMore() throws Exception {
    SoftReferenceObjectPool<byte[]> buffers =
        new SoftReferenceObjectPool<>(
            new BasePooledObjectFactory<byte[]>() {
              @Override
              public byte[] create() {
                return new byte[8];
              }

              @Override
              public PooledObject<byte[]> wrap(byte[] buffer) {
                return new DefaultPooledObject<>(buffer);
              }
            });
    OpenMemory.open();
    Fingerprints.rate(1);
    try {
      byte[] buffer = buffers.borrowObject();
      buffers.returnObject(buffer);
      buffers.returnObject(buffer);
      buffers.borrowObject()[0]++;
      buffers.borrowObject();
      buffers.returnObject(buffer);
      buffer[0]++;
      buffers.borrowObject();
    } finally {
      Fingerprints.rate(0);
    }
    assertThat(Figures.tally(buffers).violations(ViolationKind.DOUBLE_RETURN)).isEqualTo(1);
    assertThat(Figures.tally(buffers).violations(ViolationKind.WRITE_AFTER_RETURN)).isZero();
  }

  private boolean collected;

  @Law
  public void collectedObjectsAreClearedOrLeaked() throws Exception {
    add();
    add();
    borrow();
    borrow();
    add();
    Field records = SoftReferenceObjectPool.class.getDeclaredField("allReferences");
    records.setAccessible(true);
    for (Object record : (List<?>) records.get(pool)) {
      ((PooledSoftReference<?>) record).getReference().clear(); // as the collector would
    }
    collected = true;
    Ledger ledger = new Ledger((system, facts) -> "soft", 200);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (Figures.tally(pool).removed() < 3) {
      assertThat(System.nanoTime()).as(Figures.line(pool)).isLessThan(end);
      System.gc();
      ledger.tick(System.nanoTime());
      Thread.sleep(5);
    }
    expect("hit 2, removed cleared 1, removed leaked 2, validation valid 5");
  }

  @Law
  public void clearedObjectThatABorrowMeetsIsRemovedOnce() throws Exception {
    add();
    Field records = SoftReferenceObjectPool.class.getDeclaredField("allReferences");
    records.setAccessible(true);
    ((PooledSoftReference<?>) ((List<?>) records.get(pool)).get(0)).getReference().clear();
    collected = true;
    borrow();
    expect("miss 1, removed cleared 1, validation valid 2, used 1");
  }
}
