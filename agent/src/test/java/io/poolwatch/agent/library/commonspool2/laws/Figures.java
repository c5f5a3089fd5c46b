package io.poolwatch.agent.library.commonspool2.laws;

import io.poolwatch.book.BorrowOutcome;
import io.poolwatch.book.ObjectBook;
import io.poolwatch.book.RemovalReason;
import io.poolwatch.book.ReturnOutcome;
import io.poolwatch.book.Tally;
import io.poolwatch.book.ValidationOutcome;
import io.poolwatch.woven.commonspool2.LateHooks;
import java.util.StringJoiner;

/** All figures of a book in one line that names only what is not zero. */
final class Figures {
  private Figures() {}

  static ObjectBook bookOf(Object pool) {
    try {
      return (ObjectBook) pool.getClass().getField("poolwatch$book").get(pool);
    } catch (NoSuchFieldException late) {
      ObjectBook book = LateHooks.book(pool);
      if (book == null || book.isInherited()) { // it was made just now
        throw new IllegalStateException("the pool is not woven", late);
      }
      return book;
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("the pool is not woven", e);
    }
  }

  static Tally tally(Object pool) {
    Tally tally = new Tally();
    bookOf(pool).tally(tally);
    return tally;
  }

  static String line(Object pool) {
    Tally tally = tally(pool);
    StringJoiner line = new StringJoiner(", ");
    for (BorrowOutcome outcome : BorrowOutcome.values()) {
      add(line, outcome.label(), tally.borrows(outcome));
    }
    for (ReturnOutcome outcome : ReturnOutcome.values()) {
      add(line, outcome.label(), tally.returns(outcome));
    }
    for (RemovalReason reason : RemovalReason.values()) {
      add(line, "removed " + reason.label(), tally.removed(reason));
    }
    for (ValidationOutcome outcome : ValidationOutcome.values()) {
      add(line, "validation " + outcome.label(), tally.validations(outcome));
    }
    add(line, "idle", tally.idle());
    add(line, "used", tally.used());
    add(line, "pending", tally.pending());
    return line.toString();
  }

  private static void add(StringJoiner line, String name, long count) {
    if (count != 0) {
      line.add(name + ' ' + count);
    }
  }
}
