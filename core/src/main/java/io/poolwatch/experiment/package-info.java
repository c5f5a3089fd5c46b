/**
 * The arithmetic of an experiment that serves a pool's borrows in turn with the pool and without:
 * whose turn it is, what the turns differ by, and when that is enough. Knows the JDK alone.
 */
@NullMarked
package io.poolwatch.experiment;

import org.jspecify.annotations.NullMarked;
