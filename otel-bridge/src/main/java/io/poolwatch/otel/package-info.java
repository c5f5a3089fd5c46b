/**
 * Publishes what the books say through an OpenTelemetry instance: one enum of metrics, one batch
 * callback that takes one snapshot, and a recorder for the sampled durations. Needs the
 * OpenTelemetry API alone; works with or without the agent.
 */
@NullMarked
package io.poolwatch.otel;

import org.jspecify.annotations.NullMarked;
