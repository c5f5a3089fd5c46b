package io.poolwatch.agent.finding;

import io.poolwatch.book.Ledger;
import java.util.function.Consumer;

/**
 * Recognises one kind of misuse. A rule looks again and again, and may tell the same pool each
 * time: who is told keeps count. It refers to books and shares weakly at most, so that what is gone
 * can go. One thread.
 */
interface Rule {
  /**
   * Looks.
   *
   * @param now the present {@link System#nanoTime}
   */
  void look(Ledger ledger, long now, Consumer<Finding> found);
}
