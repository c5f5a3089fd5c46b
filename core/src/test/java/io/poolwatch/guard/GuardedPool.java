package io.poolwatch.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.book.Life;
import io.poolwatch.book.ObjectBook;
import io.poolwatch.book.PoolFacts;
import io.poolwatch.book.PoolSystem;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.Tally;
import io.poolwatch.book.ViolationKind;
import io.poolwatch.guard.pool2.Orders;
import java.util.EnumSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A pool of guarded objects, and what its book says of their uses. */
abstract class GuardedPool {
  final PoolSystem system =
      PoolSystem.named("test").violations(EnumSet.allOf(ViolationKind.class)).build();
  final ObjectBook book = new ObjectBook(system, new PoolFacts("Pool"));

  @BeforeEach
  void guardFew() {
    settle();
    Wards.guard(10_000);
  }

  @AfterEach
  void stop() {
    Wards.guard(0);
  }

  /** Forgets what earlier tests left. */
  static void settle() {
    for (int i = 0; i < 100 && Wards.count() > 0; i++) {
      System.gc();
      Wards.forgetCollected();
      Thread.yield();
    }
  }

  /** As the guard weaves it. */
  interface Woven {
    void use();

    default void useTwice() {
      Guard.use(this);
      use();
      use();
    }

    /** A question. */
    default boolean isOpen() {
      use();
      return true;
    }
  }

  /** Of another library. */
  interface Foreign {
    void use();

    default void useOnce() {
      use();
    }
  }

  static final class Part implements Orders.Part, Woven, Foreign {
    final Life life = new Life();
    long work;

    @Override
    public void use() {
      Guard.use(this);
      work++;
    }

    void work() {
      use();
    }
  }

  Part made() {
    Part part = new Part();
    book.created(part.life, null);
    Wards.made(book, part.life, part);
    return part;
  }

  void borrow(Part part) {
    Wards.taken(part.life);
    book.lent(part.life, false);
    Wards.lent(part.life);
  }

  void giveBack(Part part) {
    Wards.returning(part.life);
    book.returned(part.life);
    Wards.idle(part.life);
  }

  void destroy(Part part) {
    book.removed(part.life, RemovalReason.INVALIDATED);
    Wards.destroying(part.life);
    Wards.gone(part.life);
  }

  long count(ViolationKind kind) {
    return count(book, kind);
  }

  static long count(ObjectBook book, ViolationKind kind) {
    Tally tally = new Tally();
    book.tally(tally);
    return tally.violations(kind);
  }

  void assertClean() {
    assertThat(count(ViolationKind.USE_AFTER_RETURN)).isZero();
    assertThat(count(ViolationKind.USE_AFTER_DESTROY)).isZero();
  }
}
