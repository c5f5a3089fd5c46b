/**
 * Follows the collector of this JVM, by its performance counters and notifications or by its flight
 * recorder, and tells {@code io.poolwatch.gc} what was promoted. On the agent's thread and on those
 * of the JVM that notify; never on one of the service.
 */
@NullMarked
package io.poolwatch.agent.gc;

import org.jspecify.annotations.NullMarked;
