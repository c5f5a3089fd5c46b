/**
 * What is known of each pool at one moment, put together from all rooms that know something, and
 * written as JSON: what a report and a live table show. Nothing here judges or counts.
 */
@NullMarked
package io.poolwatch.agent.state;

import org.jspecify.annotations.NullMarked;
