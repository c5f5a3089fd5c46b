/** What it means for the JVM to build objects anew, by their size. */
@NullMarked
package io.poolwatch.benchmarks.worth;

import org.jspecify.annotations.NullMarked;
