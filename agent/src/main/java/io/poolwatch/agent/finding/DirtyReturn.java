package io.poolwatch.agent.finding;

import io.poolwatch.agent.export.Notices;
import io.poolwatch.agent.export.PlainText;
import io.poolwatch.book.Ledger;
import io.poolwatch.book.PoolBook;
import io.poolwatch.book.PoolIdentity;
import io.poolwatch.fingerprint.ResetReading;
import io.poolwatch.fingerprint.Resets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Objects that come back with something left in them, in pools that are said to reset theirs. Told
 * when {@value #LEAST_DIRTY} returns left something in a field that nine of ten leave empty, or the
 * same.
 */
final class DirtyReturn implements Rule {
  static final int LEAST_DIRTY = 5;
  private static final int MOST_FIELDS = 5;

  private final Notices notices;
  private final Set<PoolIdentity> unsteady = new HashSet<>();

  DirtyReturn(Notices notices) {
    this.notices = notices;
  }

  @Override
  public void look(Ledger ledger, long now, Consumer<Finding> found) {
    ledger.visit((pool, book) -> look(pool, book, found));
  }

  private void look(PoolIdentity pool, PoolBook book, Consumer<Finding> found) {
    ResetReading reading = Resets.of(book);
    if (reading == null) {
      return;
    }
    if (reading.fields().isEmpty() && unsteady.add(pool)) {
      notices.info(
          "nothing can be said of returns to pool "
              + PlainText.clip(pool.name(), 120)
              + ": every field of "
              + PlainText.clip(reading.objectClass(), 120)
              + " changes as it is used");
    }
    List<String> dirty = dirtyFields(reading);
    if (!dirty.isEmpty()) {
      found.accept(
          new Finding(
              Finding.Kind.DIRTY_RETURN,
              pool,
              "of "
                  + Words.count(reading.returns())
                  + " returns of "
                  + reading.objectClass()
                  + ", "
                  + String.join("; ", dirty)
                  + others(reading),
              "reset that where the object is given back (passivateObject, or before recycle), also"
                  + " on the paths of errors",
              reading.seen()));
    }
  }

  private static List<String> dirtyFields(ResetReading reading) {
    List<String> dirty = new ArrayList<>();
    for (ResetReading.Field field : reading.fields()) {
      if (field.dirty() >= LEAST_DIRTY && dirty.size() < MOST_FIELDS) {
        dirty.add(
            Words.count(field.dirty())
                + " ("
                + Words.percent(field.dirty(), reading.returns())
                + ") left something in "
                + PlainText.clip(field.name(), 100)
                + ", where usually is "
                + field.usual());
      }
    }
    return dirty;
  }

  private static String others(ResetReading reading) {
    List<String> names = reading.unsteady();
    if (names.isEmpty()) {
      return "";
    }
    return "; nothing is said of what changes all the time ("
        + PlainText.clip(String.join(", ", names), 200)
        + ")";
  }
}
