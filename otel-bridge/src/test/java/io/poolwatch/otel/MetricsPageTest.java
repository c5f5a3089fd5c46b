package io.poolwatch.otel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Keeps {@code docs/metrics.md} true. After a change of the enum, run the tests of this module with
 * {@code -Dpoolwatch.docs.write=true}, which writes the tables anew between their markers.
 */
class MetricsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "metrics.md");

  @Test
  void metricsPageIsWhatTheEnumSays() throws Exception {
    String page = Files.readString(PAGE);
    String expected = replace(replace(page, "pools", pools()), "agent", agent());
    if (Boolean.getBoolean("poolwatch.docs.write")) {
      Files.writeString(PAGE, expected);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(expected);
  }

  @Test
  void metricNamesAreNeverTwice() {
    assertThat(PoolwatchMetric.values())
        .extracting(PoolwatchMetric::metricName)
        .doesNotHaveDuplicates();
  }

  private static String replace(String page, String block, String content) {
    String begin = "<!-- begin " + block + " -->\n";
    String end = "<!-- end " + block + " -->";
    assertThat(page).contains(begin, end);
    return page.substring(0, page.indexOf(begin) + begin.length())
        + content
        + page.substring(page.indexOf(end));
  }

  private static String pools() {
    return table(false);
  }

  private static String agent() {
    return table(true);
  }

  private static String table(boolean ofAgent) {
    StringBuilder table = new StringBuilder();
    table.append("| metric | instrument | unit | attributes of its own | what it says |\n");
    table.append("|---|---|---|---|---|\n");
    for (PoolwatchMetric metric : PoolwatchMetric.values()) {
      if (metric.metricName().startsWith("poolwatch.agent.") == ofAgent) {
        table
            .append("| `")
            .append(metric.metricName())
            .append("` | ")
            .append(metric.instrument().title())
            .append(" | `")
            .append(metric.unit())
            .append("` | ")
            .append(attributes(metric, ofAgent))
            .append(" | ")
            .append(metric.description())
            .append(" |\n");
      }
    }
    return table.toString();
  }

  private static String attributes(PoolwatchMetric metric, boolean ofAgent) {
    return metric.attributes().stream()
        .filter(attribute -> ofAgent || !attribute.labels().isEmpty())
        .map(attribute -> "`" + attribute.key().getKey() + "` = " + attribute.meaning())
        .collect(Collectors.joining("; "));
  }
}
