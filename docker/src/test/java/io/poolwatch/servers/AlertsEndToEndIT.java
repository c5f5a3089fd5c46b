package io.poolwatch.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.poolwatch.alerts.AlertFiles;
import io.poolwatch.alerts.AlertRules;
import io.poolwatch.grafana.Dashboard;
import io.poolwatch.promql.Metrics;
import io.poolwatch.promql.Translation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The storefront under the agent → the collector → a store → our rules → Alertmanager, with the
 * export interval of 15 s: faults are switched on and off, alerts come and go. Meanwhile each
 * expression of the dashboards and rules is asked, in both translations of names, until it has an
 * answer. Prints what docs/alerts.md quotes.
 */
@EnabledIfSystemProperty(
    named = "matrix",
    matches = "true",
    disabledReason = "three quarters of an hour: ./test --servers -Pmatrix")
@Isolated("beside others its storefront would be slow by itself")
class AlertsEndToEndIT {
  private static final String UPSTREAM = "UpstreamConnection";

  /** What no fault of the storefront makes happen, and why. */
  private static final Map<String, String> NEVER_ANSWERED =
      Map.of("PoolwatchAgentFailing", "no fault of a service makes the agent's own code fail");

  @TempDir Path data;

  private final Map<String, String> figures = new LinkedHashMap<>();
  private final List<Answers> answers = new ArrayList<>();

  @Test
  @NeedsServers({"otelcol", "victoria-metrics", "alertmanager"})
  void faultsAreToldAndTheirEndToo() throws Exception {
    try (MetricsStore store = MetricsStore.victoriaMetrics("alerts-store", data.resolve("a"));
        MetricsStore bare = MetricsStore.withoutSuffixes("alerts-bare", data.resolve("b"));
        FanOut fanOut = FanOut.start(List.of(store.otlpEndpoint(), bare.otlpEndpoint()));
        Collector collector =
            Collector.start("alerts-collector", fanOut.endpoint(), FreePorts.next());
        AlertingChain chain = AlertingChain.start("alerts", store, AlertFiles.RULES, data);
        Storefront storefront =
            Storefront.start(
                "alerts-storefront",
                100,
                Map.of(
                    "OTEL_METRICS_EXPORTER", "otlp",
                    "OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint("http"),
                    "OTEL_METRIC_EXPORT_INTERVAL", "15000",
                    "POOLWATCH_OVERDUE_AFTER", "1m"))) {
      answers.add(new Answers(store, expressions(Translation.WITH_SUFFIXES)));
      answers.add(new Answers(bare, expressions(Translation.WITHOUT_SUFFIXES)));
      Wait wait = new Wait(chain);

      wait.idle(Duration.ofMinutes(2));
      storefront.fault("double-return", true);
      wait.forAlert("PoolContractBroken", UPSTREAM, Duration.ofMinutes(2));
      storefront.fault("double-return", false);
      storefront.fault("captured", true);
      wait.idle(Duration.ofMinutes(6));
      storefront.fault("captured", false);
      wait.idle(Duration.ofMinutes(9));

      storefront.fault("key-fragmentation", true);
      wait.began();
      wait.forAlert("PoolHitRateCollapsed", UPSTREAM, Duration.ofMinutes(3));
      wait.forAlert("PoolHitRateFell", UPSTREAM, Duration.ofMinutes(10));
      storefront.fault("key-fragmentation", false);
      wait.began();
      wait.forEnd("PoolHitRateCollapsed", UPSTREAM, Duration.ofMinutes(10));
      wait.forEnd("PoolHitRateFell", UPSTREAM, Duration.ofMinutes(15));
      // The last of its violations is more than twenty minutes ago by now.
      assertThat(chain.alerts("PoolContractBroken")).doesNotContainKey(UPSTREAM);

      storefront.fault("leak", true);
      wait.began();
      wait.forAlert("PoolExhausted", "PoolableConnection", Duration.ofMinutes(10));
      wait.forAlert("PoolBorrowersWait", "PoolableConnection", Duration.ofMinutes(10));
      wait.forAlert("PoolObjectsLeaked", "PoolableConnection", Duration.ofMinutes(10));
      storefront.close();
      wait.began();
      wait.forAlert("PoolwatchTelemetryAbsent", "", Duration.ofMinutes(9));
    } finally {
      figures.forEach((what, figure) -> System.out.println(what + ": " + figure));
    }
    assertThat(answers.get(0).unanswered()).isEqualTo(unanswerable(Translation.WITH_SUFFIXES));
    assertThat(answers.get(1).unanswered()).isEqualTo(unanswerable(Translation.WITHOUT_SUFFIXES));
  }

  private static List<String> expressions(Translation translation) {
    List<String> all = new ArrayList<>();
    for (String expression : Dashboard.expressions(translation)) {
      all.add(Dashboard.withVariablesReplaced(expression, "1m"));
    }
    rules(translation).forEach((name, expression) -> all.add(expression));
    return all;
  }

  private static Map<String, String> rules(Translation translation) {
    Map<String, String> rules = new LinkedHashMap<>();
    AlertRules.of(Metrics.all(translation)).stream()
        .flatMap(group -> group.rules().stream())
        .forEach(rule -> rules.put(rule.name(), rule.expression()));
    return rules;
  }

  private static Set<String> unanswerable(Translation translation) {
    Set<String> expressions = new LinkedHashSet<>();
    NEVER_ANSWERED.keySet().forEach(name -> expressions.add(rules(translation).get(name)));
    return expressions;
  }

  /** Waits for alerts to come and go, and takes the time since what caused it. */
  private final class Wait {
    private final AlertingChain chain;
    private long began;

    Wait(AlertingChain chain) {
      this.chain = chain;
      began();
    }

    /** Time is taken from now on. */
    void began() {
      began = System.nanoTime();
    }

    void idle(Duration time) throws Exception {
      long end = System.nanoTime() + time.toNanos();
      while (System.nanoTime() < end) {
        ask();
        Thread.sleep(Math.min(15_000, Math.max(1, (end - System.nanoTime()) / 1_000_000)));
      }
      began();
    }

    void forAlert(String name, String pool, Duration atMost) throws Exception {
      until(name, pool, true, atMost);
    }

    void forEnd(String name, String pool, Duration atMost) throws Exception {
      until(name, pool, false, atMost);
    }

    private void until(String name, String pool, boolean firing, Duration atMost) throws Exception {
      long asked = 0;
      while (chain.alerts(name).containsKey(pool) != firing) {
        assertThat(Duration.ofNanos(System.nanoTime() - began))
            .as("%s of %s, %s", name, pool, firing ? "fires" : "is over")
            .isLessThan(atMost);
        if (System.nanoTime() - asked > 15_000_000_000L) {
          ask();
          asked = System.nanoTime();
        }
        Thread.sleep(500);
      }
      figures.put(
          name + (firing ? " arrives" : " is over"),
          (System.nanoTime() - began) / 1_000_000_000L + " s after the fault's switch");
      ask();
    }

    private void ask() throws Exception {
      for (Answers each : answers) {
        each.ask();
      }
    }
  }
}
