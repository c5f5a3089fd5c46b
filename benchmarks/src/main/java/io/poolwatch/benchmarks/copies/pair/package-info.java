/** What is done with a pool; a second copy of each class here works with the bare library. */
@NullMarked
package io.poolwatch.benchmarks.copies.pair;

import org.jspecify.annotations.NullMarked;
