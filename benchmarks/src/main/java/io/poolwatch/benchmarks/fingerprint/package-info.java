/** What it costs to take the content of an object and to compare it. */
@NullMarked
package io.poolwatch.benchmarks.fingerprint;

import org.jspecify.annotations.NullMarked;
