package io.poolwatch.agent.library.commonspool2.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolwatch.agent.library.commonspool2.Law;
import io.poolwatch.book.BorrowOutcome;
import io.poolwatch.book.Ledger;
import io.poolwatch.book.PoolSnapshot;
import io.poolwatch.book.ReturnOutcome;
import io.poolwatch.book.Tally;
import java.util.NoSuchElementException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.BaseGenericObjectPool;
import org.apache.commons.pool2.impl.DefaultPooledObject;

/** What holds for the generic pools, with a key or without: they have limits, and an evictor. */
public abstract class BoundedPoolLaws extends PoolLaws {
  /** Objects that failed {@code testOnCreate}, which the library does not count as created. */
  long stillborn;

  /** Objects that are lent, and that the library forgot when it destroyed another one twice. */
  long lostByTheLibrary;

  /** Returns that threw and that the library's statistics hold for returns all the same. */
  long returnsMiscounted;

  @Override
  abstract BaseGenericObjectPool<Toy> pool();

  abstract void maxIdle(int objects);

  abstract int idleInLibrary();

  abstract int activeInLibrary();

  @Override
  final boolean alwaysValidates() {
    return false;
  }

  @Override
  final void close() {
    pool().close();
  }

  @Override
  public void settle() {
    Tally tally = Figures.tally(pool());
    assertThat(tally.borrows(BorrowOutcome.HIT) + tally.borrows(BorrowOutcome.MISS))
        .as("borrowed")
        .isEqualTo(pool().getBorrowedCount());
    assertThat(tally.returns() - tally.returns(ReturnOutcome.REJECTED) + returnsMiscounted)
        .as("returned")
        .isEqualTo(pool().getReturnedCount());
    assertThat(tally.created() - stillborn).as("created").isEqualTo(pool().getCreatedCount());
    assertThat(tally.created()).as("made").isEqualTo(factory.made.get());
    assertThat(tally.removed() - stillborn + lostByTheLibrary)
        .as("destroyed")
        .isEqualTo(pool().getDestroyedCount())
        .isEqualTo(factory.destroyed.get());
    assertThat(tally.idle()).as("idle").isEqualTo(idleInLibrary());
    assertThat(tally.used()).as("used").isEqualTo(activeInLibrary() + lostByTheLibrary);
    assertThat(tally.pending()).as("pending").isZero();
  }

  @Law
  public void limitsAreKnownAndFollowTheSetters() {
    assertThat(Figures.bookOf(pool()).totalLimit()).isEqualTo(8);
    pool().setMaxTotal(-1);
    assertThat(Figures.bookOf(pool()).totalLimit()).isEqualTo(-1);
    pool().setMaxTotal(0);
    assertThat(Figures.bookOf(pool()).totalLimit()).isZero();
  }

  @Law
  public void borrowBeyondTheLimitIsExhausted() throws Exception {
    pool().setMaxTotal(1);
    pool().setBlockWhenExhausted(false);
    borrow();
    assertThatThrownBy(this::borrow).isInstanceOf(NoSuchElementException.class);
    expect("miss 1, exhausted 1, used 1");
  }

  @Law
  public void borrowThatWaitsInVainIsExhausted() throws Exception {
    pool().setMaxTotal(1);
    pool().setMaxWaitMillis(20);
    borrow();
    assertThatThrownBy(this::borrow).isInstanceOf(NoSuchElementException.class);
    expect("miss 1, exhausted 1, used 1");
  }

  @Law
  public void borrowThatWaitsForAReturnIsAHit() throws Exception {
    pool().setMaxTotal(1);
    Toy toy = borrow();
    FutureTask<Toy> waiter = inThread();
    awaitPending(1);
    expect("miss 1, used 1, pending 1");
    giveBack(toy);
    assertThat(waiter.get(10, TimeUnit.SECONDS)).isSameAs(toy);
    expect("hit 1, miss 1, pooled 1, used 1");
  }

  @Law
  public void interruptedWaitIsAnError() throws Exception {
    pool().setMaxTotal(1);
    borrow();
    FutureTask<Toy> waiter = new FutureTask<>(this::borrow);
    Thread thread = new Thread(waiter);
    thread.start();
    awaitPending(1);
    thread.interrupt();
    assertThatThrownBy(() -> waiter.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(InterruptedException.class);
    expect("miss 1, error 1, used 1");
  }

  @Law
  public void waitThatCloseEndsIsAnError() throws Exception {
    pool().setMaxTotal(1);
    borrow();
    FutureTask<Toy> waiter = inThread();
    awaitPending(1);
    Thread.sleep(20); // the library wakes those that stand in the queue already
    close();
    assertThatThrownBy(() -> waiter.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(InterruptedException.class);
    expect("miss 1, error 1, used 1");
  }

  private FutureTask<Toy> inThread() {
    FutureTask<Toy> task = new FutureTask<>(this::borrow);
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  private void awaitPending(long waiters) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (Figures.tally(pool()).pending() != waiters) {
      assertThat(System.nanoTime()).as("waited for waiters").isLessThan(end);
      Thread.sleep(1);
    }
  }

  @Law
  public void newObjectThatFailsTestOnBorrowIsAnError() throws Exception {
    pool().setTestOnBorrow(true);
    factory.valid = false;
    assertThatThrownBy(this::borrow).isInstanceOf(NoSuchElementException.class);
    expect("error 1, removed invalid 1, validation invalid 1");
  }

  @Law
  public void idleObjectThatFailsTestOnBorrowIsReplacedByAMiss() throws Exception {
    giveBack(borrow());
    pool().setTestOnBorrow(true);
    factory.valid = false;
    factory.whileMaking = () -> factory.valid = true;
    borrow();
    expect("miss 2, pooled 1, removed invalid 1, validation valid 1, validation invalid 1, used 1");
  }

  @Law
  public void validationThatThrowsInABorrowIsCountedOnce() throws Exception {
    giveBack(borrow());
    pool().setTestOnBorrow(true);
    factory.failsToValidate = true;
    assertThatThrownBy(this::borrow).isInstanceOf(NoSuchElementException.class);
    expect("miss 1, error 1, pooled 1, removed error 2, validation error 2");
  }

  @Law
  public void returnThatFailsTestOnReturnIsDiscardedAsInvalid() throws Exception {
    pool().setTestOnReturn(true);
    Toy toy = borrow();
    factory.valid = false;
    giveBack(toy);
    expect("miss 1, discarded 1, removed invalid 1, validation invalid 1");
  }

  @Law
  public void returnBeyondMaxIdleIsDiscardedForCapacity() throws Exception {
    maxIdle(1);
    Toy one = borrow();
    Toy two = borrow();
    giveBack(one);
    giveBack(two);
    expect("miss 2, pooled 1, discarded 1, removed capacity 1, idle 1");
  }

  @Law(since = "2.2")
  public void secondReturnIsRejected() throws Exception {
    Toy toy = borrow();
    giveBack(toy);
    assertThatThrownBy(() -> giveBack(toy)).isInstanceOf(IllegalStateException.class);
    expect("miss 1, pooled 1, rejected 1, idle 1");
  }

  @Law
  public void evictorRemovesWhatItsPolicySays() throws Exception {
    add();
    add();
    pool().setNumTestsPerEvictionRun(2);
    pool().setMinEvictableIdleTimeMillis(1);
    Thread.sleep(20);
    pool().evict();
    expect("removed evicted 2");
  }

  @Law
  public void evictorKeepsWhatPassesItsTest() throws Exception {
    add();
    pool().setTestWhileIdle(true);
    pool().evict();
    expect("validation valid 1, idle 1");
    borrow();
    expect("hit 1, validation valid 1, used 1");
  }

  @Law
  public void evictorRemovesWhatFailsItsTest() throws Exception {
    add();
    pool().setTestWhileIdle(true);
    factory.valid = false;
    pool().evict();
    expect("removed invalid 1, validation invalid 1");
  }

  @Law
  public void evictorRemovesForErrorWhatIsNotActivated() throws Exception {
    add();
    pool().setTestWhileIdle(true);
    factory.failsToActivate = true;
    pool().evict();
    expect("removed error 1");
  }

  @Law
  public void evictorRemovesForErrorWhatIsNotPassivated() throws Exception {
    add();
    pool().setTestWhileIdle(true);
    factory.failsToPassivate = true;
    pool().evict();
    expect("removed error 1, validation valid 1");
  }

  private void testOnCreate() throws Exception {
    pool().getClass().getMethod("setTestOnCreate", boolean.class).invoke(pool(), true);
    pool().setBlockWhenExhausted(false);
  }

  @Law(since = "2.2")
  public void newObjectThatFailsTestOnCreateIsCreatedAndRemovedAndNothingIsExhausted()
      throws Exception {
    testOnCreate();
    factory.valid = false;
    assertThatThrownBy(this::borrow).isInstanceOf(NoSuchElementException.class);
    expect("error 1, removed invalid 1, validation invalid 1");
    stillborn = Releases.has("2.7.0") ? 1 : 0;
  }

  @Law(since = "2.2")
  public void newObjectWhoseTestOnCreateThrowsIsCreatedAndRemovedForError() throws Exception {
    testOnCreate();
    factory.failsToValidate = true;
    assertThatThrownBy(this::borrow).isInstanceOf(Exception.class);
    expect("error 1, removed error 1, validation error 1");
    stillborn = Releases.has("2.7.0") ? 1 : 0;
  }

  @Law(since = "2.7")
  public void exhaustionAfterAnAddThatFailedTestOnCreateIsStillExhaustion() throws Exception {
    testOnCreate();
    factory.valid = false;
    add();
    pool().setMaxTotal(0);
    assertThatThrownBy(this::borrow).isInstanceOf(NoSuchElementException.class);
    expect("exhausted 1, removed invalid 1, validation invalid 1");
    stillborn = 1;
  }

  @Law
  public void recordOfTheFactorysOwnClassIsCountedAlike() throws Exception {
    factory.records = toy -> Records.foreign(new DefaultPooledObject<>(toy));
    Toy toy = borrow();
    giveBack(toy);
    assertThat(borrow()).isSameAs(toy);
    expect("hit 1, miss 1, pooled 1, used 1");
    invalidate(toy);
    expect("hit 1, miss 1, pooled 1, removed invalidated 1" + (refills() ? ", idle 1" : ""));
  }

  @Law(before = "2.13")
  public void recordThatIsHandedOutAgainAfterItsRemovalBeginsANewLife() throws Exception {
    Toy only = new Toy();
    PooledObject<Toy> record = new Records.Reusable(only);
    factory.records = toy -> record;
    invalidate(borrow());
    giveBack(borrow());
    borrow();
    expect("hit 1, miss 2, pooled 1, removed invalidated 1, used 1");
  }

  @Law
  public void poolIsReportedUnderItsSystemWithItsLimits() throws Exception {
    borrow();
    Ledger ledger =
        new Ledger(
            (system, facts) ->
                ToyFactory.class.getName().equals(facts.factoryClass()) ? "toys" : "-",
            200);
    PoolSnapshot toys =
        ledger.snapshot().stream()
            .filter(each -> each.identity().name().equals("toys"))
            .findFirst()
            .orElseThrow();
    assertThat(toys.identity().system()).isEqualTo("commons_pool2");
    assertThat(toys.pools()).isPositive();
  }

  @Law
  public void everyBorrowIsCountedWhetherTimedOrNot() throws Exception {
    for (int i = 0; i < 1000; i++) {
      giveBack(borrow());
    }
    expect("hit 999, miss 1, pooled 1000, idle 1");
  }
}
