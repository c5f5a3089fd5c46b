package io.poolwatch.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.book.Life;
import io.poolwatch.book.ObjectBook;
import io.poolwatch.book.PoolFacts;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.ViolationKind;
import org.junit.jupiter.api.Test;

/** Objects that one pool has from another. */
class PassedOnTest extends GuardedPool {
  /** A pool whose factory borrows from another one, and gives back what it is to destroy. */
  private final class InnerPool {
    final ObjectBook inner = new ObjectBook(system, new PoolFacts("InnerPool"));
    final Part part = made();
    Life life;

    InnerPool() {
      make();
    }

    void make() {
      borrow(part);
      life = new Life();
      inner.created(life, null);
      Wards.made(inner, life, part);
      Wards.taken(life);
      inner.lent(life, true);
      Wards.lent(life);
      inner.returned(life);
      Wards.idle(life);
    }

    void beginToDestroy() {
      inner.removed(life, RemovalReason.CLEARED);
      Wards.destroying(life);
      giveBack(part);
    }

    void assertClean() {
      assertThat(count(inner, ViolationKind.USE_AFTER_RETURN)).isZero();
      assertThat(count(inner, ViolationKind.USE_AFTER_DESTROY)).isZero();
    }
  }

  @Test
  void objectThatAPoolHasFromAnotherIsThatOnesAgainOnceTheFirstDestroyedIt() {
    InnerPool pool = new InnerPool();
    pool.part.use();
    assertThat(count(pool.inner, ViolationKind.USE_AFTER_RETURN)).isEqualTo(1);

    InnerPool other = new InnerPool();
    other.beginToDestroy();
    Wards.gone(other.life);
    borrow(other.part);
    Wards.ask(other.part.life, System.nanoTime());
    other.part.use();
    assertClean();
    giveBack(other.part);
    other.part.use();

    other.assertClean();
    assertThat(count(ViolationKind.USE_AFTER_RETURN)).isEqualTo(1);
    assertThat(count(ViolationKind.USE_AFTER_DESTROY)).isZero();
  }

  @Test
  void objectThatGoesToAnotherPoolAndBackAgainAndAgainIsAlwaysAtHome() {
    InnerPool pool = new InnerPool();
    for (int i = 1; i <= 10; i++) {
      pool.beginToDestroy();
      Wards.gone(pool.life);
      pool.part.use();
      assertThat(count(ViolationKind.USE_AFTER_RETURN)).isEqualTo(i);
      pool.make();
      pool.part.use();
      assertThat(count(pool.inner, ViolationKind.USE_AFTER_RETURN)).isEqualTo(i);
    }
    assertThat(count(ViolationKind.USE_AFTER_DESTROY)).isZero();
    assertThat(count(pool.inner, ViolationKind.USE_AFTER_DESTROY)).isZero();
  }

  @Test
  void objectThatIsLentBeforeTheFactoryHasFinishedWithItIsFree() {
    InnerPool pool = new InnerPool();
    pool.beginToDestroy();
    borrow(pool.part);
    Wards.gone(pool.life);
    pool.part.use();

    pool.assertClean();
    assertClean();
  }

  @Test
  void signOfLifeIsNotAskedOfAnObjectThatIsAnotherPoolsNow() {
    InnerPool pool = new InnerPool();
    Wards.taken(pool.life);
    pool.inner.lent(pool.life, false);
    Wards.lent(pool.life);
    Wards.ask(pool.part.life, 1_000);

    assertThat(Wards.unusedFor(pool.part.life, 2_000)).isNegative();
  }

  @Test
  void poolsThatPartWithAnObjectUntoldDoNotPileUp() {
    Part part = made();
    borrow(part);
    for (int i = 0; i < 100; i++) {
      LooseObjects.made(new ObjectBook(system, new PoolFacts("Loose")), part);
      Life again = new Life();
      ObjectBook inner = new ObjectBook(system, new PoolFacts("InnerPool"));
      inner.created(again, null);
      Wards.made(inner, again, part);
      inner.removed(again, RemovalReason.CLEARED);
    }
    int homes = 0;
    for (Ward.Home home = Wards.homeOf(part); home != null; home = home.outer) {
      homes++;
    }
    assertThat(homes).isEqualTo(2);
  }
}
