package io.poolwatch.grafana;

import static io.poolwatch.promql.Selector.label;

import io.poolwatch.otel.MetricAttribute;
import io.poolwatch.otel.PoolwatchMetric;
import io.poolwatch.promql.Metrics;
import io.poolwatch.promql.Translation;

/** The variables that both dashboards have, so that a link carries them from one to the other. */
final class Variables {
  private Variables() {}

  static void add(DashboardFile file, Translation translation, boolean several) {
    String borrows = Metrics.all(translation).of(PoolwatchMetric.BORROWS).toString();
    String series = borrows.substring(0, borrows.length() - 2);
    String ofService = Metrics.SERVICE + "=~\"$service\"";
    String ofInstance = Metrics.INSTANCE + "=~\"$instance\"";
    file.datasource(
        "datasource", "Data source", "prometheus", "A Prometheus that has poolwatch's metrics.");
    file.labelValues(
        "service",
        "Service",
        "service.name",
        "label_values(" + series + ", " + Metrics.SERVICE + ")",
        several);
    file.labelValues(
        "instance",
        "Instance",
        "service.instance.id",
        "label_values(" + series + "{" + ofService + "}, " + Metrics.INSTANCE + ")",
        true);
    file.labelValues(
        "pool",
        "Pool",
        "poolwatch.pool.name",
        "label_values("
            + series
            + "{"
            + ofService
            + ", "
            + ofInstance
            + "}, "
            + label(MetricAttribute.POOL_NAME)
            + ")",
        several);
  }
}
