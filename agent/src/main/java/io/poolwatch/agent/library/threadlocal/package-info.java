/**
 * How the bundled pool is woven: it counts for itself and announces itself at its first use, so
 * there is little to do.
 */
@NullMarked
package io.poolwatch.agent.library.threadlocal;

import org.jspecify.annotations.NullMarked;
