/** The alert rules, written once: Prometheus' and Grafana's files are made of them. */
@NullMarked
package io.poolwatch.alerts;

import org.jspecify.annotations.NullMarked;
