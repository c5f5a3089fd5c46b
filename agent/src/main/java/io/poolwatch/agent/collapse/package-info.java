/**
 * Watches the hit rates of all pools for a collapse, in the agent itself, so that it needs no
 * backend; and says in words what fell, since when, why, and what to do.
 */
@NullMarked
package io.poolwatch.agent.collapse;

import org.jspecify.annotations.NullMarked;
