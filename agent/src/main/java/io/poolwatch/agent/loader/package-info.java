/** Class loading: the agent's own loader, and the way of a few classes into the boot loader. */
@NullMarked
package io.poolwatch.agent.loader;

import org.jspecify.annotations.NullMarked;
