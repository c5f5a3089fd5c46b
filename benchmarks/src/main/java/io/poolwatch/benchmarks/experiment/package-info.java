/** Whether an experiment on a pool finds what runs with the pool and without it show. */
@NullMarked
package io.poolwatch.benchmarks.experiment;

import org.jspecify.annotations.NullMarked;
