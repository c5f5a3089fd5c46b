package io.poolwatch.agent.export;

import io.poolwatch.book.PoolIdentity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Tells what is new of pools, in the log and as an event: so many times and no more, since a
 * service with more has learnt what there is to learn. One thread.
 */
public final class PoolNews {
  private static final int WIDTH = 200;
  private static final int NAME_WIDTH = 60;

  private final String event;
  private final boolean warns;
  private final int most;
  private final Notices notices;
  private final Consumer<AgentEvent> sink;
  private int told;

  /**
   * News of one kind.
   *
   * @param event name of the kind of event, frozen, as {@code poolwatch.finding}
   * @param warns whether it is to be warned of, and not only known
   * @param most how many are told
   * @param notices the log
   * @param sink what else each goes to
   */
  public PoolNews(
      String event, boolean warns, int most, Notices notices, Consumer<AgentEvent> sink) {
    this.event = event;
    this.warns = warns;
    this.most = most;
    this.notices = notices;
    this.sink = sink;
  }

  /**
   * Tells one.
   *
   * @param title what it is, as {@code verdict keep}
   * @param text what there is to say of it, on as many lines as it takes
   * @param attributes of the event, besides those that name the pool
   * @return false if enough was told before, so that this was not
   */
  public boolean tell(
      PoolIdentity pool, String title, String text, Map<String, String> attributes) {
    if (told >= most) {
      return false;
    }
    told++;
    String body = title + " in pool " + described(pool) + ": " + text;
    say(body);
    Map<String, String> all = attributes(pool);
    all.putAll(attributes);
    sink.accept(
        warns
            ? new AgentEvent(event, body, all, null, null)
            : AgentEvent.information(event, body, all));
    return true;
  }

  /**
   * Says in a line each how all pools stand; nothing if there is none.
   *
   * @param lines as {@link #line} makes them
   */
  public void tellAll(String title, List<String> lines) {
    if (!lines.isEmpty()) {
      String begin = System.lineSeparator() + "  ";
      say(title + begin + String.join(begin, lines));
    }
  }

  /** A pool in one line. */
  public static String line(PoolIdentity pool, String text) {
    return PlainText.clip(pool.name(), NAME_WIDTH) + "  " + text;
  }

  /** What names a pool in an event; may be added to. */
  public static Map<String, String> attributes(PoolIdentity pool) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("poolwatch.pool.name", pool.name());
    attributes.put("poolwatch.pool.system", pool.system());
    String type = pool.objectType();
    if (type != null) {
      attributes.put("poolwatch.pool.object.type", type);
    }
    return attributes;
  }

  private static String described(PoolIdentity pool) {
    String type = pool.objectType();
    return PlainText.clip(pool.name(), WIDTH)
        + " ("
        + pool.system()
        + ')'
        + (type == null ? "" : ", objects of " + PlainText.clip(type, WIDTH));
  }

  private void say(String text) {
    if (warns) {
      notices.warn(text);
    } else {
      notices.info(text);
    }
  }
}
