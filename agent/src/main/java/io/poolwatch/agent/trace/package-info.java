/**
 * Finds the span that the service's current thread is in, through the service's own OpenTelemetry
 * API or that of its OpenTelemetry agent, without linking to either.
 */
@NullMarked
package io.poolwatch.agent.trace;

import org.jspecify.annotations.NullMarked;
