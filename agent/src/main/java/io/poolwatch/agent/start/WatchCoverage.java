package io.poolwatch.agent.start;

import io.poolwatch.agent.config.Options;
import io.poolwatch.agent.config.Settings;
import io.poolwatch.agent.export.AgentCounts;
import io.poolwatch.agent.gc.Promotion;
import io.poolwatch.agent.guard.GuardDuty;
import io.poolwatch.agent.history.Histories;
import io.poolwatch.agent.page.Coverage;
import io.poolwatch.book.Books;
import io.poolwatch.book.DurationSamples;
import io.poolwatch.book.Ledger;
import io.poolwatch.otel.AgentFailure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what was watched and what could not be, and why, for the report. */
final class WatchCoverage {
  private static final int MOST_CLASSES = 30;

  private final Settings settings;
  private final Ledger ledger;
  private final AgentCounts counts;
  private final Gaps gaps;
  private final Histories histories;
  private final @Nullable GuardDuty guard;
  private final @Nullable Promotion promotion;

  WatchCoverage(
      Settings settings,
      Watching watching,
      Gaps gaps,
      Histories histories,
      @Nullable GuardDuty guard,
      @Nullable Promotion promotion) {
    this.settings = settings;
    ledger = watching.ledger();
    counts = watching.counts();
    this.gaps = gaps;
    this.histories = histories;
    this.guard = guard;
    this.promotion = promotion;
  }

  Coverage tell() {
    Coverage coverage = new Coverage();
    for (String system : counts.systems()) {
      library(coverage, system);
    }
    for (String line : gaps.lines()) {
      coverage.gap("not watched", line);
    }
    if (ledger.overflowed() > 0) {
      coverage.gap(
          "names",
          ledger.overflowed()
              + " pools are under the name other, because there are more names than pools.max="
              + settings.count(Options.POOLS_MAX));
    }
    oldGeneration(coverage);
    uses(coverage);
    content(coverage);
    losses(coverage);
    durations(coverage);
    past(coverage);
    return coverage;
  }

  private void library(Coverage coverage, String system) {
    long refused = counts.classesRefused(system);
    long failures = 0;
    for (AgentFailure kind : AgentFailure.values()) {
      failures += counts.failures(system, kind);
    }
    String how = counts.classesWoven(system) + " of its classes watched";
    if (refused > 0) {
      how += ", " + refused + " refused because they are not of a known release";
    }
    if (failures > 0) {
      how +=
          ", " + failures + " failures of the agent's own code, none of which reached the service";
    }
    if (refused > 0 || failures > 0) {
      coverage.gap(system, how);
    } else if (counts.classesWoven(system) > 0) {
      coverage.seen(system, how);
    } else {
      coverage.seen(system, "no class of it was loaded");
    }
  }

  private void oldGeneration(Coverage coverage) {
    String why = promotion == null ? "promotion=false" : promotion.unknown();
    if (why == null) {
      coverage.seen("the old generation", "each collection is followed");
    } else {
      coverage.gap("the old generation", "what is promoted is not known: " + why);
    }
  }

  private void uses(Coverage coverage) {
    String what = "use after return";
    if (guard == null) {
      coverage.gap(what, "guard=false");
      return;
    }
    List<String> guarded = guard.guarded();
    List<String> unguarded = guard.unguarded();
    if (guarded.isEmpty() && unguarded.isEmpty()) {
      coverage.seen(what, "no pool held an object to guard");
    }
    if (!guarded.isEmpty()) {
      coverage.seen(what, "guarded: " + few(guarded));
    }
    if (!unguarded.isEmpty()) {
      coverage.gap(what, "not guarded: " + few(unguarded));
    }
  }

  private static String few(List<String> classes) {
    int shown = Math.min(MOST_CLASSES, classes.size());
    String listed = String.join(", ", classes.subList(0, shown));
    return classes.size() > shown ? listed + " and " + (classes.size() - shown) + " more" : listed;
  }

  private void content(Coverage coverage) {
    long rate = settings.count(Options.FINGERPRINT);
    if (rate == 0) {
      coverage.gap("write after return", "fingerprint=0");
    } else if (rate == 1) {
      coverage.seen("write after return", "each returned buffer is compared");
    } else {
      coverage.gap(
          "write after return",
          "one returned buffer in " + rate + " is compared (fingerprint=1 compares all)");
    }
  }

  private void losses(Coverage coverage) {
    long untracked = Books.untracked();
    if (untracked > 0) {
      coverage.gap(
          "lost objects",
          "more than track.max="
              + settings.count(Options.TRACK_MAX)
              + " objects at a time: the number of leaks is a lower bound");
    } else {
      coverage.seen("lost objects", "all objects of pools that do not hold what they lend");
    }
  }

  private void durations(Coverage coverage) {
    long rate = settings.count(Options.SAMPLE_RATE);
    String how =
        rate == 0
            ? "sample.rate=0"
            : "one in " + rate + " is timed; " + DurationSamples.taken() + " were";
    long dropped = DurationSamples.dropped();
    if (rate == 0 || dropped > 0) {
      coverage.gap("durations", how + (dropped > 0 ? ", and " + dropped + " dropped" : ""));
    } else {
      coverage.seen("durations", how);
    }
  }

  private void past(Coverage coverage) {
    String kept =
        "each two seconds for three minutes, ten seconds for a quarter of an hour, and so on up to"
            + " two hours for a week";
    if (histories.unremembered() > 0) {
      coverage.gap(
          "the past",
          kept + "; of " + histories.unremembered() + " pools nothing, as there are so many");
    } else {
      coverage.seen("the past", kept);
    }
  }
}
