/**
 * Whether a pool is worth having: the meter and the prices that the books value by, verdicts, and
 * what the service would allocate without its pools.
 */
@NullMarked
package io.poolwatch.agent.worth;

import org.jspecify.annotations.NullMarked;
