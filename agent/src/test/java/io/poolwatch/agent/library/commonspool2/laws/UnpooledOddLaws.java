package io.poolwatch.agent.library.commonspool2.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolwatch.agent.library.commonspool2.Law;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.commons.pool2.ObjectPool;
import org.apache.commons.pool2.PoolUtils;
import org.apache.commons.pool2.impl.GenericObjectPool;

/** What seldom happens, happens past the pool as it does with it. */
public class UnpooledOddLaws extends UnpooledPool {
  /** An eroding pool invalidates what it does not want back; to the service, that is a return. */
  @Law
  public void erodingPoolReturnsWhatWasLentWithoutIt() throws Exception {
    pool.addObject(); // without an idle one it does not erode
    book.unpooled(1);
    ObjectPool<Toy> eroding = PoolUtils.erodingPool(pool, 1e-9f);
    Toy toy = eroding.borrowObject();
    Thread.sleep(20);
    eroding.returnObject(toy);
    expect("miss 1, discarded 1, removed experiment 1, idle 1");
    pool.invalidateObject(pool.borrowObject());
    expect("miss 2, discarded 1, removed experiment 2, idle 1");
  }

  @Law
  public void nothingInPlaceOfAnObjectIsWhatItIsWithThePool() throws Exception {
    factory.instead = () -> null;
    String withPool = ofNothing(new GenericObjectPool<>(factory), 0);
    long made = factory.made.get();
    assertThat(ofNothing(pool, 1)).isEqualTo(withPool);
    assertThat(ofNothing(pool, 2)).isEqualTo(withPool);
    assertThat(factory.made.get() - made).isEqualTo(2);
  }

  private static String ofNothing(GenericObjectPool<Toy> pool, int unpooled) {
    Figures.bookOf(pool).unpooled(unpooled);
    try {
      Toy nothing = pool.borrowObject();
      pool.returnObject(nothing);
      return "borrowed " + nothing;
    } catch (Exception thrown) {
      return thrown.getClass().getName();
    }
  }

  /** Not even before 2.4, where the pool itself asks its objects. */
  @Law
  public void objectsAreNotAskedForAnything() throws Exception {
    factory.instead = Toy.Untouchable::new;
    for (int times = 1; times <= 2; times++) {
      book.unpooled(times);
      Toy one = pool.borrowObject();
      Toy other = pool.borrowObject();
      pool.returnObject(one);
      pool.invalidateObject(other);
    }
    expect("miss 4, discarded 2, removed experiment 4");
  }

  @Law
  public void otherPoolRefusesWhatWasLentWithoutThisOne() throws Exception {
    GenericObjectPool<Toy> other = new GenericObjectPool<>(factory);
    assertThat(Figures.bookOf(other).whyNotUnpooled()).isNull();
    Figures.bookOf(other).unpooled(1);
    book.unpooled(1);
    Toy toy = pool.borrowObject();
    Toy others = other.borrowObject();
    assertThatThrownBy(() -> other.returnObject(toy)).isInstanceOf(IllegalStateException.class);
    pool.returnObject(toy);
    other.returnObject(others);
    expect("miss 1, discarded 1, removed experiment 1");
    assertThat(Figures.line(other))
        .isEqualTo("miss 1, discarded 1, rejected 1, removed experiment 1");
  }

  /** The pool would have put the object among its idle ones, which nothing interrupts. */
  @Law
  public void interruptOfWhoGivesBackIsNotLost() throws Exception {
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
      factory.before =
          () -> {
            throw new InterruptedException();
          };
      pool.returnObject(apart); // makes an object for who waits
      assertThat(Thread.interrupted()).isTrue();
      pool.returnObject(pooled);
      pool.returnObject(waiting.get(60, TimeUnit.SECONDS));
    } finally {
      thread.shutdownNow();
    }
  }

  @Law
  public void whatMakingThrowsIsNotHiddenByWhatWakingAnotherThrows() throws Exception {
    pool.setMaxTotal(2);
    book.unpooled(1);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    Thread here = Thread.currentThread();
    AtomicReference<Future<Toy>> waiting = new AtomicReference<>();
    AtomicReference<Toy> pooled = new AtomicReference<>();
    factory.before =
        () -> {
          if (Thread.currentThread() != here) {
            return null;
          }
          if (waiting.get() != null) {
            throw new AssertionError("woken");
          }
          waiting.set(
              thread.submit(
                  () -> {
                    pooled.set(pool.borrowObject());
                    return pool.borrowObject();
                  }));
          while (pool.getNumWaiters() == 0) {
            Thread.sleep(1);
          }
          throw new Exception("no toys left");
        };
    try {
      assertThatThrownBy(pool::borrowObject).hasMessage("no toys left");
      pool.returnObject(pooled.get());
      pool.returnObject(waiting.get().get(60, TimeUnit.SECONDS));
    } finally {
      thread.shutdownNow();
    }
  }

  /** With a factory that does more than making. */
  public static class Attentive extends UnpooledOddLaws {
    private Maker.Attentive attentive() {
      return (Maker.Attentive) factory;
    }

    @Law
    public void whatValidatingThrowsAsItComesBackIsThrownAndItsPlaceIsFree() throws Exception {
      pool.setMaxTotal(2);
      pool.setBlockWhenExhausted(false);
      pool.setTestOnReturn(true);
      book.unpooled(2);
      Toy toy = pool.borrowObject();
      attentive().failsToValidate = true;
      assertThatThrownBy(() -> pool.returnObject(toy)).hasMessage("not validated");
      attentive().failsToValidate = false;
      assertThat(Figures.line(pool))
          .isEqualTo("miss 1, rejected 1, removed experiment 1, validation error 1");
      pool.borrowObject();
      assertThat(pool.getNumActive()).isZero();
    }
  }

  /** With a factory that makes, and does nothing else. */
  public static class Bare extends UnpooledOddLaws {
    @Override
    Maker maker() {
      return new Maker();
    }
  }
}
