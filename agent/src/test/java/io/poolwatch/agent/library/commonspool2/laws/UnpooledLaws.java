package io.poolwatch.agent.library.commonspool2.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolwatch.agent.library.commonspool2.Law;
import io.poolwatch.book.MissCause;
import io.poolwatch.book.ObjectBook;
import io.poolwatch.book.ViolationKind;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.commons.pool2.impl.AbandonedConfig;
import org.apache.commons.pool2.impl.GenericObjectPool;

/** While an experiment has its turn, borrows are served past the pool, as the pool would do it. */
public class UnpooledLaws extends UnpooledPool {
  @Law
  public void borrowIsServedByCreationAndWhatIsInThePoolStaysThere() throws Exception {
    Toy pooled = pool.borrowObject();
    pool.returnObject(pooled);

    book.unpooled(1);
    Toy one = pool.borrowObject();
    Toy other = pool.borrowObject();
    assertThat(one).isNotSameAs(pooled).isNotSameAs(other);
    assertThat(pool.getNumIdle()).isEqualTo(1);
    assertThat(pool.getNumActive()).isZero();
    pool.returnObject(one);
    expect("miss 3, pooled 1, discarded 1, removed experiment 2, idle 1");
    book.unpooled(0);

    assertThat(pool.borrowObject()).isSameAs(pooled);
    pool.returnObject(other); // in the other arm
    expect("hit 1, miss 3, pooled 1, discarded 2, removed experiment 2, used 1");
    assertThat(Figures.tally(pool).misses(MissCause.EXPERIMENT)).isEqualTo(2);
    assertThat(Figures.tally(pool).borrowsOfPool()).isEqualTo(2);
    assertThat(pool.getBorrowedCount()).isEqualTo(2);
  }

  @Law
  public void whatThePoolLentComesBackToItMeanwhile() throws Exception {
    Toy pooled = pool.borrowObject();
    book.unpooled(2);
    pool.returnObject(pooled);
    expect("miss 1, pooled 1, idle 1");
    book.unpooled(0);
    assertThat(pool.borrowObject()).isSameAs(pooled);
  }

  @Law
  public void countedTwiceIsCountedOnce() throws Exception {
    book.unpooled(2);
    for (int i = 0; i < 100; i++) {
      Toy toy = pool.borrowObject();
      pool.returnObject(toy);
    }
    pool.invalidateObject(pool.borrowObject());
    expect("miss 101, discarded 100, removed experiment 101");
  }

  @Law
  public void secondReturnIsRefusedAsOfAnObjectThatIsNotOfThePool() throws Exception {
    book.unpooled(1);
    Toy toy = pool.borrowObject();
    pool.returnObject(toy);
    assertThatThrownBy(() -> pool.returnObject(toy))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Returned object not currently part of this pool");
    expect("miss 1, discarded 1, rejected 1, removed experiment 1");
    assertThat(Figures.tally(pool).violations(ViolationKind.DOUBLE_RETURN)).isZero();
    assertThat(Figures.tally(pool).violations(ViolationKind.USE_AFTER_DESTROY)).isZero();
  }

  @Law
  public void invalidatedObjectIsLetGoAndUnknownAfterwards() throws Exception {
    book.unpooled(1);
    Toy toy = pool.borrowObject();
    pool.invalidateObject(toy);
    expect("miss 1, removed experiment 1");
    assertThatThrownBy(() -> pool.invalidateObject(toy)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> pool.returnObject(toy)).isInstanceOf(IllegalStateException.class);
  }

  @Law
  public void strangerIsRefusedMeanwhile() throws Exception {
    book.unpooled(1);
    Toy toy = pool.borrowObject();
    assertThatThrownBy(() -> pool.returnObject(new Toy()))
        .isInstanceOf(IllegalStateException.class);
    pool.returnObject(toy);
    expect("miss 1, discarded 1, rejected 1, removed experiment 1");
  }

  @Law
  public void whatIsLentWithoutItCountsAgainstTheLimit() throws Exception {
    pool.setMaxTotal(4);
    pool.setBlockWhenExhausted(false);
    book.unpooled(1);
    List<Toy> apart = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      apart.add(pool.borrowObject());
    }
    assertThat(pool.getNumActive()).isZero();
    Toy last = pool.borrowObject(); // the last place is the pool's
    assertThat(pool.getNumActive()).isEqualTo(1);
    assertThatThrownBy(pool::borrowObject).isInstanceOf(NoSuchElementException.class);
    book.unpooled(0);
    assertThatThrownBy(pool::borrowObject).isInstanceOf(NoSuchElementException.class);
    pool.returnObject(apart.remove(0));
    Toy more = pool.borrowObject();
    assertThatThrownBy(pool::borrowObject).isInstanceOf(NoSuchElementException.class);
    pool.returnObject(last);
    pool.returnObject(more);
    apart.forEach(pool::returnObject);
    expect("miss 5, exhausted 3, pooled 2, discarded 3, removed experiment 3, idle 2");
  }

  @Law
  public void whoeverWaitsIsWokenByWhatWasLentWithoutIt() throws Exception {
    pool.setMaxTotal(2);
    book.unpooled(1);
    Toy apart = pool.borrowObject();
    Toy pooled = pool.borrowObject();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<Toy> waiting = thread.submit(() -> pool.borrowObject());
      while (pool.getNumWaiters() == 0) {
        Thread.sleep(1);
      }
      pool.returnObject(apart);
      pool.returnObject(waiting.get(60, TimeUnit.SECONDS));
      pool.returnObject(pooled);
      assertThat(book.isAwaited()).isFalse();
    } finally {
      thread.shutdownNow();
    }
  }

  @Law
  public void closedPoolThrowsAsEverAndWhatIsOutIsLetGo() throws Exception {
    book.unpooled(1);
    Toy toy = pool.borrowObject();
    pool.close();
    assertThatThrownBy(pool::borrowObject).isInstanceOf(IllegalStateException.class);
    pool.returnObject(toy);
    expect("miss 1, error 1, discarded 1, removed experiment 1");
  }

  @Law
  public void whatMakingThrowsIsThrownAndCountedOnce() throws Exception {
    book.unpooled(1);
    factory.failsToMake = true;
    assertThatThrownBy(pool::borrowObject).hasMessage("no toys left");
    expect("error 1");
    factory.failsToMake = false;
    pool.returnObject(pool.borrowObject());
    expect("miss 1, error 1, discarded 1, removed experiment 1");
  }

  @Law
  public void poolsThatRemoveAbandonedObjectsHaveNone() throws Exception {
    book.unpooled(1);
    pool.setAbandonedConfig(new AbandonedConfig());
    assertThat(book.whyNotUnpooled()).contains("AbandonedConfig");
    pool.borrowObject();
    expect("miss 1, used 1");
  }

  @Law(since = "2.2")
  public void poolsThatValidateWhatTheyMakeHaveNone() throws Exception {
    book.unpooled(1);
    pool.getClass().getMethod("setTestOnCreate", boolean.class).invoke(pool, true);
    assertThat(book.whyNotUnpooled()).contains("testOnCreate");
    pool.borrowObject();
    assertThat(pool.getNumActive()).isEqualTo(1);
  }

  @Law
  public void poolsWithoutRoomHaveNone() throws Exception {
    pool.setMaxTotal(1);
    assertThat(book.whyNotUnpooled()).contains("0 objects of 1").contains("maxTotal of 2");
    pool.setMaxTotal(-1);
    assertThat(book.whyNotUnpooled()).isNull();
  }

  /** 256 at a time. */
  @Law
  public void whatFindsNoPlaceIsServedByThePool() throws Exception {
    pool.setMaxTotal(-1);
    book.unpooled(1);
    List<Toy> held = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      held.add(pool.borrowObject());
    }
    assertThat(pool.getNumActive()).isEqualTo(44);
    held.forEach(pool::returnObject);
    assertThat(Figures.tally(pool).misses(MissCause.EXPERIMENT)).isEqualTo(256);
    assertThat(pool.getNumActive()).isZero();
  }

  /** What only a factory that has something to do can show. */
  public static class Attentive extends UnpooledLaws {
    private Maker.Attentive attentive() {
      return (Maker.Attentive) factory;
    }

    @Law
    public void factoryIsAskedAsByThePool() throws Exception {
      assertThat(callsOfAPair(1)).isEqualTo(callsOfAPair(0)).hasSize(4);
      assertThat(callsOfAPair(2)).hasSize(4);
      assertThat(Figures.line(pool)).contains("validation valid 6");
    }

    /** Before 2.4 the record says to the end that its object is lent. */
    @Law
    public void factorySeesTheRecordAsThePoolWouldShowIt() throws Exception {
      callsOfAPair(0);
      List<String> states = attentive().states();
      callsOfAPair(1);
      assertThat(attentive().states()).isEqualTo(states).hasSize(4);
    }

    private List<String> callsOfAPair(int unpooled) throws Exception {
      pool.setTestOnBorrow(true);
      pool.setTestOnReturn(true);
      book.unpooled(unpooled);
      attentive().forget();
      pool.returnObject(pool.borrowObject());
      return attentive().calls();
    }

    @Law
    public void newObjectThatIsNotActivatedIsRemovedAndTheBorrowThrows() throws Exception {
      book.unpooled(1);
      attentive().failsToActivate = true;
      assertThatThrownBy(pool::borrowObject)
          .isInstanceOf(NoSuchElementException.class)
          .hasMessage("Unable to activate object")
          .hasRootCauseMessage("not activated");
      assertThat(Figures.line(pool)).isEqualTo("error 1, removed experiment 1");
      pool.setMaxTotal(2);
      pool.setBlockWhenExhausted(false);
      attentive().failsToActivate = false;
      pool.borrowObject();
      pool.borrowObject();
    }

    @Law
    public void newObjectThatIsInvalidIsRemovedAndTheBorrowThrows() throws Exception {
      pool.setTestOnBorrow(true);
      book.unpooled(1);
      attentive().valid = false;
      assertThatThrownBy(pool::borrowObject)
          .isInstanceOf(NoSuchElementException.class)
          .hasMessage("Unable to validate object");
      assertThat(Figures.line(pool))
          .isEqualTo("error 1, removed experiment 1, validation invalid 1");
    }

    @Law
    public void invalidReturnIsNotPassivated() throws Exception {
      pool.setTestOnReturn(true);
      book.unpooled(1);
      Toy toy = pool.borrowObject();
      attentive().valid = false;
      pool.returnObject(toy);
      assertThat(attentive().calls()).doesNotContain("passivate");
      assertThat(Figures.line(pool))
          .isEqualTo("miss 1, discarded 1, removed experiment 1, validation invalid 1");
    }

    @Law
    public void whatPassivatingThrowsIsSwallowed() throws Exception {
      List<Exception> swallowed = new ArrayList<>();
      pool.setSwallowedExceptionListener(swallowed::add);
      book.unpooled(1);
      Toy toy = pool.borrowObject();
      attentive().failsToPassivate = true;
      pool.returnObject(toy);
      assertThat(swallowed)
          .singleElement()
          .extracting(Exception::getMessage)
          .isEqualTo("not passivated");
      assertThat(Figures.line(pool)).isEqualTo("miss 1, discarded 1, removed experiment 1");
    }
  }

  /** With a factory that makes, and does nothing else. */
  public static class Bare extends UnpooledLaws {
    @Override
    Maker maker() {
      return new Maker();
    }

    /** So little is done without the pool that there is not even a record. */
    @Law
    public void objectIsMadeWithoutARecord() throws Exception {
      assertThat(isMadeWithARecord(0)).isTrue();
      assertThat(isMadeWithARecord(1)).isFalse();
      assertThat(isMadeWithARecord(2)).isFalse();
      assertThat(factory.made.get()).isEqualTo(3);
    }

    private boolean isMadeWithARecord(int unpooled) throws Exception {
      book.unpooled(unpooled);
      AtomicBoolean found = new AtomicBoolean();
      factory.before =
          () -> {
            for (StackTraceElement frame : Thread.currentThread().getStackTrace()) {
              found.compareAndSet(false, frame.getMethodName().equals("makeObject"));
            }
            return null;
          };
      pool.returnObject(pool.borrowObject());
      return found.get();
    }

    /** Whatever it is. */
    @Law
    public void wrapThatDoesMoreThanMakeARecordIsCalled() throws Exception {
      Maker.Counting counting = new Maker.Counting();
      GenericObjectPool<Toy> other = new GenericObjectPool<>(counting);
      ObjectBook others = Figures.bookOf(other);
      assertThat(others.whyNotUnpooled()).isNull();
      for (int times = 1; times <= 2; times++) {
        others.unpooled(times);
        other.returnObject(other.borrowObject());
        assertThat(counting.wrapped).isEqualTo(times);
      }
      assertThat(other.getBorrowedCount()).isZero();
    }
  }

  /** With a factory whose objects have to be destroyed. */
  public static class Destroying {
    /** Nothing to compare. */
    public void settle() {}

    @Law
    public void poolWhoseObjectsHaveToBeDestroyedHasNone() throws Exception {
      GenericObjectPool<Toy> pool = new GenericObjectPool<>(new Maker.Destroying());
      assertThat(Figures.bookOf(pool).whyNotUnpooled())
          .contains("destroyObject of " + Maker.Destroying.class.getName());
      refuses(pool);
    }

    @Law
    public void poolWhoseFactoryIsNoneOfTheLibrarysHasNone() throws Exception {
      GenericObjectPool<Toy> pool = new GenericObjectPool<>(new ToyFactory());
      assertThat(Figures.bookOf(pool).whyNotUnpooled()).contains("BasePooledObjectFactory");
      refuses(pool);
    }

    private static void refuses(GenericObjectPool<Toy> pool) throws Exception {
      Figures.bookOf(pool).unpooled(1);
      Toy toy = pool.borrowObject();
      pool.returnObject(toy);
      assertThat(pool.borrowObject()).isSameAs(toy);
      assertThat(Figures.line(pool)).isEqualTo("hit 1, miss 1, pooled 1, used 1");
    }

    @Law(since = "2.9.0")
    public void poolWhoseObjectsAreDestroyedByModeHasNone() throws Exception {
      GenericObjectPool<Toy> pool = new GenericObjectPool<>(DestroyingByMode.maker());
      assertThat(Figures.bookOf(pool).whyNotUnpooled())
          .contains("destroyObject of " + DestroyingByMode.class.getName());
      refuses(pool);
    }
  }

  /** Apart, because older releases have no modes. */
  private static final class DestroyingByMode extends Maker {
    static Maker maker() {
      return new DestroyingByMode();
    }

    @Override
    public void destroyObject(
        org.apache.commons.pool2.PooledObject<Toy> pooled,
        org.apache.commons.pool2.DestroyMode mode) {
      pooled.getObject().play();
    }
  }
}
