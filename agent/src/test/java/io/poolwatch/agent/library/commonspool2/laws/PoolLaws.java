package io.poolwatch.agent.library.commonspool2.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolwatch.agent.library.commonspool2.Law;
import java.util.NoSuchElementException;

/** What holds for every kind of pool. A subclass gives the kind. */
public abstract class PoolLaws {
  final ToyFactory factory = new ToyFactory();

  /** The pool, as an object that has a book. */
  abstract Object pool();

  abstract Toy borrow() throws Exception;

  abstract void giveBack(Toy toy) throws Exception;

  abstract void invalidate(Toy toy) throws Exception;

  abstract void add() throws Exception;

  abstract void clear() throws Exception;

  abstract void close() throws Exception;

  /** Whether each borrow and each return validates, whatever the configuration. */
  abstract boolean alwaysValidates();

  /** Whether the pool makes a new idle object for each one that is invalidated. */
  boolean refills() {
    return false;
  }

  private String refilled() {
    return refills() ? ", idle 1" : "";
  }

  /** Compares all figures of the pool's book, those not named being zero. */
  final void expect(String figures) {
    assertThat(Figures.line(pool())).isEqualTo(figures);
  }

  /** The same, with these validations where the pool validates anyway. */
  final void expect(String beforeValidations, String validations, String afterValidations) {
    expect(
        alwaysValidates()
            ? beforeValidations + ", " + validations + ", " + afterValidations
            : beforeValidations + ", " + afterValidations);
  }

  /** What must hold whatever the law did: the equations, and the library's own statistics. */
  public abstract void settle() throws Exception;

  @Law
  public void firstBorrowMissesAndNextHits() throws Exception {
    Toy toy = borrow();
    giveBack(toy);
    assertThat(borrow()).isSameAs(toy);
    expect("hit 1, miss 1, pooled 1", "validation valid 3", "used 1");
    giveBack(toy);
    expect("hit 1, miss 1, pooled 2", "validation valid 4", "idle 1");
  }

  @Law
  public void addedObjectIsIdleAndItsFirstBorrowIsAHit() throws Exception {
    add();
    expect2("validation valid 1", "idle 1");
    borrow();
    expect("hit 1", "validation valid 2", "used 1");
  }

  private void expect2(String validations, String figures) {
    expect(alwaysValidates() ? validations + ", " + figures : figures);
  }

  @Law
  public void failedMakeIsAnErrorAndCreatesNothing() throws Exception {
    factory.failsToMake = true;
    assertThatThrownBy(this::borrow).hasMessage("no toys left");
    expect("error 1");
    assertThatThrownBy(this::add).hasMessage("no toys left");
    expect("error 1");
  }

  @Law
  public void newObjectThatIsNotActivatedIsRemovedForError() throws Exception {
    factory.failsToActivate = true;
    assertThatThrownBy(this::borrow).isInstanceOf(NoSuchElementException.class);
    expect("error 1, removed error 1");
  }

  @Law
  public void idleObjectThatIsNotActivatedGivesWayToAnother() throws Exception {
    giveBack(borrow());
    factory.failsToActivate = true;
    assertThatThrownBy(this::borrow).isInstanceOf(NoSuchElementException.class);
    expect(
        "miss 1, error 1, pooled 1, removed error 2"
            + (alwaysValidates() ? ", validation valid 2" : ""));
  }

  @Law
  public void returnThatIsNotPassivatedIsDiscardedForError() throws Exception {
    Toy toy = borrow();
    factory.failsToPassivate = true;
    giveBack(toy);
    expect(
        "miss 1, discarded 1, removed error 1" + (alwaysValidates() ? ", validation valid 2" : ""));
  }

  @Law
  public void addedObjectThatIsNotPassivatedIsNeitherIdleNorRemoved() throws Exception {
    factory.failsToPassivate = true;
    assertThatThrownBy(this::add).hasMessage("not passivated");
    expect2("validation valid 1", "used 1");
  }

  @Law
  public void invalidatedLoanIsRemovedAndNotReturned() throws Exception {
    invalidate(borrow());
    expect(
        "miss 1, removed invalidated 1"
            + (alwaysValidates() ? ", validation valid 1" : "")
            + refilled());
  }

  @Law
  public void removalIsCountedAlsoWhenDestroyingFails() throws Exception {
    factory.failsToDestroy = true;
    assertThatThrownBy(() -> invalidate(borrow())).hasMessage("not destroyed");
    expect("miss 1, removed invalidated 1" + (alwaysValidates() ? ", validation valid 1" : ""));
  }

  @Law
  public void returnOfAStrangerIsRejected() throws Exception {
    giveBack(borrow());
    assertThatThrownBy(() -> giveBack(new Toy())).isInstanceOf(IllegalStateException.class);
    expect("miss 1, pooled 1, rejected 1", "validation valid 2", "idle 1");
  }

  @Law
  public void clearRemovesWhatIsIdle() throws Exception {
    Toy lent = borrow();
    giveBack(borrow());
    add();
    clear();
    expect("miss 2, pooled 1, removed cleared 2", "validation valid 4", "used 1");
    giveBack(lent);
    expect("miss 2, pooled 2, removed cleared 2", "validation valid 5", "idle 1");
  }

  @Law
  public void closeRemovesWhatIsIdleAndLateReturnsAreDiscarded() throws Exception {
    Toy lent = borrow();
    add();
    close();
    expect("miss 1, removed closed 1", "validation valid 2", "used 1");
    giveBack(lent);
    expect(
        "miss 1, discarded 1, removed closed 2"
            + (alwaysValidates() ? ", validation valid 3" : ""));
  }

  @Law
  public void borrowFromAClosedPoolIsAnError() throws Exception {
    close();
    assertThatThrownBy(this::borrow).isInstanceOf(IllegalStateException.class);
    expect("error 1");
  }

  @Law(since = "2.4")
  public void objectIsNeverAskedForEqualityOrText() throws Exception {
    if (alwaysValidates()) {
      return; // a soft pool finds its objects by equals
    }
    factory.toys = Toy.Untouchable::new;
    Toy toy = borrow();
    giveBack(toy);
    borrow();
    invalidate(toy);
    expect("hit 1, miss 1, pooled 1, removed invalidated 1" + refilled());
  }
}
