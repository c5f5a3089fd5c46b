/**
 * How a running agent is asked for its figures without being attached to: files in a folder of the
 * user's own. Here is what both sides agree upon, and the side of the agent.
 */
@NullMarked
package io.poolwatch.agent.live;

import org.jspecify.annotations.NullMarked;
