/**
 * What the agent costs, told more sharply than by forks of their own: two copies of a library in
 * one JVM, of which one is woven, work in turn for some milliseconds each.
 */
@NullMarked
package io.poolwatch.benchmarks.copies;

import org.jspecify.annotations.NullMarked;
