/** The dashboards, written once: Grafana's files are made of them. */
@NullMarked
package io.poolwatch.grafana;

import org.jspecify.annotations.NullMarked;
