/**
 * Start-up in the agent's loader: what happens before the service's main method, the agent's one
 * thread, and its end.
 */
@NullMarked
package io.poolwatch.agent.start;

import org.jspecify.annotations.NullMarked;
