package io.poolwatch.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.book.Life;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.ViolationKind;
import io.poolwatch.guard.pool2.Orders;
import org.junit.jupiter.api.Test;

/** What pools say of their objects, and what the guard makes of it. */
class WardsTest extends GuardedPool {
  @Test
  void everyUseOfAnIdleObjectCounts() {
    Part part = made();
    part.use();
    borrow(part);
    part.use();
    giveBack(part);
    part.use();
    part.use();
    borrow(part);
    part.use();

    assertThat(count(ViolationKind.USE_AFTER_RETURN)).isEqualTo(2);
    assertThat(count(ViolationKind.USE_AFTER_DESTROY)).isZero();
  }

  @Test
  void everyUseOfADestroyedObjectCounts() {
    Part part = made();
    borrow(part);
    destroy(part);
    part.use();

    assertThat(count(ViolationKind.USE_AFTER_DESTROY)).isEqualTo(1);
  }

  @Test
  void whatThePoolDoesItselfIsNoUse() {
    Part part = made();
    borrow(part);
    Wards.returning(part.life);
    book.returned(part.life);
    part.use();
    Wards.idle(part.life);
    Wards.handling(part.life);
    part.use();
    Wards.handled(part.life);
    Wards.taken(part.life);
    part.use();
    book.lent(part.life, false);
    book.removed(part.life, RemovalReason.INVALIDATED);
    Wards.destroying(part.life);
    part.use();
    Wards.gone(part.life);

    assertClean();
  }

  @Test
  void whatABorrowDoesIsNoUseThoughASignOfLifeWasAskedForMeanwhile() {
    Part part = made();
    borrow(part);
    giveBack(part);
    Wards.taken(part.life);
    Wards.ask(part.life, System.nanoTime());
    part.use(); // activateObject
    book.lent(part.life, false);
    Wards.lent(part.life);
    part.use();

    assertClean();
  }

  @Test
  void destructionWhileAnotherPathIsAtWorkIsNoUseUntilThatEnds() {
    Part part = made();
    borrow(part);
    giveBack(part);
    Wards.handling(part.life); // the evictor
    destroy(part); // clear
    part.use();
    assertClean();
    Wards.handled(part.life);
    part.use();

    assertThat(count(ViolationKind.USE_AFTER_DESTROY)).isEqualTo(1);
  }

  @Test
  void objectThatIsMadeAgainIsFree() {
    Part part = made();
    borrow(part);
    destroy(part);
    Life second = part.life.renewed();
    book.created(second, null);
    Wards.made(book, second, part);
    part.use();
    Wards.taken(second);
    book.lent(second, false);
    Wards.lent(second);
    part.use();
    assertClean();

    book.returned(second);
    Wards.idle(second);
    part.use();
    assertThat(count(ViolationKind.USE_AFTER_RETURN)).isEqualTo(1);
  }

  @Test
  void useByCodeWhosePackageIsNamedLikeThePoolsCounts() {
    Part part = made();
    borrow(part);
    giveBack(part);
    Orders.place(part);

    assertThat(count(ViolationKind.USE_AFTER_RETURN)).isEqualTo(1);
  }

  @Test
  void useThroughADefaultMethodCountsOnce() {
    GuardedClass.weaveInterface(Woven.class);
    Part part = made();
    borrow(part);
    giveBack(part);
    part.useTwice();
    assertThat(count(ViolationKind.USE_AFTER_RETURN)).isEqualTo(1);
    part.isOpen();
    assertThat(count(ViolationKind.USE_AFTER_RETURN)).as("a question").isEqualTo(1);
    part.useOnce();

    assertThat(count(ViolationKind.USE_AFTER_RETURN)).isEqualTo(2);
  }

  @Test
  void callOfItsOwnIsNoUse() {
    Part part = made();
    borrow(part);
    giveBack(part);
    part.work();

    assertClean();
  }

  @Test
  void objectsOfTheJdkAreNotKnown() {
    int before = Wards.count();
    Life life = new Life();
    book.created(life, null);
    Wards.made(book, life, new StringBuilder());

    assertThat(Wards.count()).isEqualTo(before);
    assertThat(life.companion()).isNull();
  }

  @Test
  void objectThatItsFactoryGivesTwiceIsSaidToBeThereAndGuardedNoMore() {
    Part part = made();
    borrow(part);
    Life second = new Life();
    book.created(second, null);

    assertThat(Wards.made(book, second, part)).isSameAs(part.life);
    giveBack(part);
    part.use();
    assertClean();
  }

  @Test
  void objectThatIsMadeAgainAfterItsEndIsNotSaidToBeThere() {
    Part part = made();
    borrow(part);
    book.removed(part.life, RemovalReason.INVALIDATED);
    Life second = new Life();
    book.created(second, null);

    assertThat(Wards.made(book, second, part)).isNull();
  }

  @Test
  void lentObjectLeavesASignOfLifeWhenItIsAskedFor() {
    Part part = made();
    borrow(part);
    part.use();
    assertThat(Wards.unusedFor(part.life, System.nanoTime())).isNegative();

    Wards.ask(part.life, 1_000);
    assertThat(Wards.unusedFor(part.life, 1_500)).isEqualTo(500);
    assertThat(Wards.wasSeen(part.life)).isFalse();
    part.use();
    assertThat(Wards.wasSeen(part.life)).isTrue();
    assertThat(Wards.unusedFor(part.life, System.nanoTime())).isBetween(0L, 60_000_000_000L);
    assertClean();

    Wards.ask(part.life, 2_000);
    giveBack(part);
    part.use();
    assertThat(count(ViolationKind.USE_AFTER_RETURN)).isEqualTo(1);
    borrow(part);
    assertThat(Wards.unusedFor(part.life, System.nanoTime())).as("another loan").isNegative();
  }
}
