/** The bundled pool against plain allocation and a bare thread local. */
@NullMarked
package io.poolwatch.benchmarks.pool;

import org.jspecify.annotations.NullMarked;
