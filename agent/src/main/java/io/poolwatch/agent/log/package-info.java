/** The agent's log: filled by any thread, written by the agent's own. */
@NullMarked
package io.poolwatch.agent.log;

import org.jspecify.annotations.NullMarked;
