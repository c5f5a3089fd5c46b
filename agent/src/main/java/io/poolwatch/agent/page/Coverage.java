package io.poolwatch.agent.page;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What was watched and what could not be, and why. Not thread-safe. */
public final class Coverage {
  private final List<Entry> entries = new ArrayList<>();

  /** Nothing yet. */
  public Coverage() {}

  /** Something is watched. */
  public Coverage seen(String what, String how) {
    entries.add(new Entry(what, how, false));
    return this;
  }

  /** Something is not watched, or not wholly. */
  public Coverage gap(String what, String why) {
    entries.add(new Entry(what, why, true));
    return this;
  }

  List<Entry> entries() {
    return Collections.unmodifiableList(entries);
  }

  /** One line of it. */
  static final class Entry {
    private final String what;
    private final String how;
    private final boolean gap;

    Entry(String what, String how, boolean gap) {
      this.what = what;
      this.how = how;
      this.gap = gap;
    }

    String what() {
      return what;
    }

    String how() {
      return how;
    }

    boolean isGap() {
      return gap;
    }
  }
}
