/**
 * What the figures of each pool were before, in memory that is bounded: finely for the last
 * minutes, ever more coarsely for hours and days.
 */
@NullMarked
package io.poolwatch.agent.history;

import org.jspecify.annotations.NullMarked;
