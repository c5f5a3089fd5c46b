/**
 * Finds out by experiment what a pool is worth, where {@code experiment} asks for it: when a pool
 * has its turn, what is measured, when it ends, and what is said of it.
 */
@NullMarked
package io.poolwatch.agent.experiment;

import org.jspecify.annotations.NullMarked;
