/**
 * Tells the figures in plain text to a person: a summary in the log at a period, and a table at
 * exit, where no exporter is configured.
 */
@NullMarked
package io.poolwatch.agent.report;

import org.jspecify.annotations.NullMarked;
