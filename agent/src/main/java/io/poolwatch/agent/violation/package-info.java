/**
 * Tells broken contracts to people: takes the reports from where the service's threads left them,
 * folds those that are alike, and writes them for the log and for OpenTelemetry's log records.
 */
@NullMarked
package io.poolwatch.agent.violation;

import org.jspecify.annotations.NullMarked;
