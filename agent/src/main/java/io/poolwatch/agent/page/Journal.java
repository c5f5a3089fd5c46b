package io.poolwatch.agent.page;

import io.poolwatch.agent.export.AgentEvent;
import io.poolwatch.book.PoolIdentity;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Keeps what was told, for the report: of each topic the latest 96, none longer than 4 000
 * characters: 2.3 MB at most. Alike violations are told once or twice, so that these are of
 * different kinds. One thread.
 */
public final class Journal implements Consumer<AgentEvent> {
  static final int MOST = 96;
  static final int LONGEST = 4_000;

  private final Map<Told.Topic, Deque<Told>> told = new EnumMap<>(Told.Topic.class);
  private final Map<Told.Topic, Integer> forgotten = new EnumMap<>(Told.Topic.class);

  /** An empty journal. */
  public Journal() {
    for (Told.Topic topic : Told.Topic.values()) {
      told.put(topic, new ArrayDeque<>());
      forgotten.put(topic, 0);
    }
  }

  @Override
  public void accept(AgentEvent event) {
    Told.Topic topic = Told.Topic.of(event.name());
    if (topic == null) {
      return;
    }
    Deque<Told> kept = of(topic);
    if (kept.size() >= MOST) {
      kept.remove();
      forgotten.merge(topic, 1, Integer::sum);
    }
    String text = event.body();
    kept.add(
        new Told(
            topic,
            event.attributes().getOrDefault(topic.attribute(), ""),
            event.attributes().get("poolwatch.pool.name"),
            event.attributes().get("poolwatch.pool.system"),
            text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…",
            System.nanoTime()));
  }

  private Deque<Told> of(Told.Topic topic) {
    Deque<Told> kept = told.get(topic);
    if (kept == null) {
      throw new AssertionError(topic);
    }
    return kept;
  }

  /** What was told of a pool, the latest last. */
  List<Told> about(PoolIdentity pool, Told.Topic topic) {
    List<Told> about = new ArrayList<>();
    for (Told each : of(topic)) {
      if (each.isOf(pool)) {
        about.add(each);
      }
    }
    return about;
  }

  /** How much was told and is not kept. */
  int forgotten() {
    return forgotten.values().stream().mapToInt(Integer::intValue).sum();
  }
}
