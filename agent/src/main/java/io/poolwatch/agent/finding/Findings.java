package io.poolwatch.agent.finding;

import io.poolwatch.agent.export.AgentEvent;
import io.poolwatch.agent.export.Notices;
import io.poolwatch.agent.export.PlainText;
import io.poolwatch.agent.export.PoolNews;
import io.poolwatch.agent.violation.StackText;
import io.poolwatch.book.Ledger;
import io.poolwatch.book.PoolIdentity;
import io.poolwatch.violation.Sighting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Has the rules look at the pools, and tells what they find: each kind once a pool, in the log and
 * as an event, and all of them once more as the process ends. One thread.
 */
public final class Findings {
  /** Findings that are told. */
  private static final int MOST = 100;

  /** Looks in the time for which a misuse must go on. */
  private static final int LOOKS = 6;

  private static final long LEAST_APART_NANOS = 1_000_000_000L;
  private static final int WIDTH = 200;

  private final Ledger ledger;
  private final PoolNews news;
  private final List<Rule> rules;
  private final long apart;
  private final Set<List<Object>> told = new HashSet<>();
  private final List<String> lines = new ArrayList<>();
  private long next;

  /**
   * The whole catalogue.
   *
   * @param ledger knows the pools
   * @param notices the log
   * @param sink what else each finding goes to
   * @param afterMillis how long a misuse must go on before it is told; 0: none is
   */
  public Findings(Ledger ledger, Notices notices, Consumer<AgentEvent> sink, long afterMillis) {
    this(ledger, notices, sink, afterMillis, catalogue(afterMillis * 1_000_000L, notices));
  }

  Findings(
      Ledger ledger,
      Notices notices,
      Consumer<AgentEvent> sink,
      long afterMillis,
      List<Rule> catalogue) {
    this.ledger = ledger;
    news = new PoolNews("poolwatch.finding", true, MOST, notices, sink);
    rules = afterMillis == 0 ? new ArrayList<>() : catalogue;
    apart = Math.max(LEAST_APART_NANOS, afterMillis * 1_000_000L / LOOKS);
    next = System.nanoTime();
  }

  private static List<Rule> catalogue(long after, Notices notices) {
    return Arrays.asList(
        new PoolPerRequest(after),
        new LongLivedInClearedPool(),
        new WarmedByOtherThread(after),
        new ReturnedByOtherThreads(after),
        new DirtyReturn(notices));
  }

  /** Looks, if it is time to, and tells what is new. */
  public void tick(long nowNanos) {
    if (nowNanos - next >= 0) {
      next = nowNanos + apart;
      look(nowNanos);
    }
  }

  private void look(long nowNanos) {
    for (Rule rule : rules) {
      rule.look(ledger, nowNanos, this::take);
    }
  }

  /** Tells all findings once more, in a line each. */
  public void close() {
    news.tellAll("findings by pool:", lines);
  }

  private void take(Finding finding) {
    PoolIdentity pool = finding.pool();
    Finding.Kind kind = finding.kind();
    if (told.size() < MOST
        && told.add(Arrays.asList(kind, pool))
        && news.tell(pool, "finding " + kind.label(), text(finding), attributes(finding))) {
      lines.add(PoolNews.line(pool, kind.label() + ": " + kind.sentence()));
    }
  }

  private static String text(Finding finding) {
    StringBuilder text = new StringBuilder(512);
    text.append(finding.kind().sentence());
    line(text, "seen: " + finding.evidence());
    line(text, "way out: " + finding.remedy());
    Sighting seen = finding.seen();
    if (seen != null) {
      line(text, "once by thread " + PlainText.clip(seen.thread(), WIDTH) + ":");
      for (StackTraceElement frame : StackText.shown(seen)) {
        line(text, "    " + PlainText.clip(StackText.line(frame), WIDTH));
      }
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String line) {
    text.append(System.lineSeparator()).append("  ").append(line);
  }

  private static Map<String, String> attributes(Finding finding) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("poolwatch.finding", finding.kind().label());
    Sighting seen = finding.seen();
    if (seen != null) {
      attributes.put("thread.name", seen.thread());
      attributes.put("code.stacktrace", StackText.whole(seen));
    }
    return attributes;
  }
}
