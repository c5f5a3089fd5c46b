package io.poolwatch.agent.library.commonspool2.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.poolwatch.agent.library.commonspool2.Law;
import io.poolwatch.book.Tally;
import java.util.NoSuchElementException;
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
}
