package io.poolwatch.agent.library.commonspool2.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.agent.library.commonspool2.Law;
import io.poolwatch.book.BorrowOutcome;
import io.poolwatch.book.MissCause;
import io.poolwatch.book.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** Why borrows miss, in scripts in which one thread does one thing after another. */
public abstract class CauseLaws {
  final ToyFactory factory = new ToyFactory();

  abstract Object pool();

  abstract Toy borrow() throws Exception;

  abstract void giveBack(Toy toy) throws Exception;

  abstract void clear() throws Exception;

  /** Lends so many at a time. */
  final List<Toy> borrow(int toys) throws Exception {
    List<Toy> lent = new ArrayList<>();
    for (int i = 0; i < toys; i++) {
      lent.add(borrow());
    }
    return lent;
  }

  final void giveBack(List<Toy> lent) throws Exception {
    for (Toy toy : lent) {
      giveBack(toy);
    }
  }

  /** Compares all causes, those not named being zero. */
  final void expect(String causes) {
    Tally tally = Figures.tally(pool());
    StringJoiner line = new StringJoiner(", ");
    for (MissCause cause : MissCause.values()) {
      if (tally.misses(cause) != 0) {
        line.add(cause.label() + ' ' + tally.misses(cause));
      }
    }
    assertThat(line.toString()).isEqualTo(causes);
  }

  /** The sum is exact. */
  public final void settle() {
    Tally tally = Figures.tally(pool());
    long sum = 0;
    for (MissCause cause : MissCause.values()) {
      sum += tally.misses(cause);
    }
    assertThat(sum).isEqualTo(tally.borrows(BorrowOutcome.MISS));
  }

  @Law
  public void moreInUseThanEverIsCold() throws Exception {
    giveBack(borrow(3));
    borrow(5);
    expect("cold 5");
  }

  @Law
  public void whatWasClearedIsMissedOnce() throws Exception {
    giveBack(borrow(4));
    clear();
    giveBack(borrow(3));
    expect("cold 4, cleared 3");
    giveBack(borrow(5));
    expect("cold 5, cleared 4");
  }

  @Law
  public void objectThatFailsItsTestAsItIsBorrowedIsMissedAtOnce() throws Exception {
    validateOnBorrow();
    Toy toy = borrow();
    giveBack(toy);
    factory.valid = false;
    factory.whileMaking = () -> factory.valid = true;
    borrow();
    expect("cold 1, invalid 1");
  }

  abstract void validateOnBorrow();
}
