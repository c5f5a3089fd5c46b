package io.poolwatch.examples.receiver;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How often a service's heap was collected, from each note to the next. Stateless. */
final class CollectionRates {
  static final String METRIC = "poolwatch.agent.collections";
  static final String KIND = "poolwatch.collection";

  private CollectionRates() {}

  /** A line for the time before the first note, and one for that after each; none if untold. */
  static List<String> lines(String service, Received received, List<Note> notes) {
    List<Received> ends = new ArrayList<>();
    notes.forEach(note -> ends.add(note.received));
    ends.add(received);
    List<String> lines = new ArrayList<>();
    Figures from = new Figures(List.of());
    String when = notes.isEmpty() ? "in all" : "before";
    for (Received end : ends) {
      Figures to = end.services().getOrDefault(service, from);
      double seconds = to.secondsSinceFirst(METRIC) - from.secondsSinceFirst(METRIC);
      if (seconds > 0) {
        lines.add(
            String.format(
                Locale.ROOT,
                "  %-11s %.1f young a minute, %.0f full in %.0f s",
                when,
                rise(from, to, "young") / seconds * 60,
                rise(from, to, "full"),
                seconds));
      }
      from = to;
      when = "after";
    }
    return lines;
  }

  private static double rise(Figures from, Figures to, String kind) {
    return to.sinceFirst(METRIC, KIND, kind) - from.sinceFirst(METRIC, KIND, kind);
  }
}
