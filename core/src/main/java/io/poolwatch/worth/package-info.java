/**
 * What a pool's work costs and spares: sampled measurements of building and borrowing, prices of
 * this JVM, and the sums of both over time. Knows the JDK alone; the books know it.
 */
@NullMarked
package io.poolwatch.worth;

import org.jspecify.annotations.NullMarked;
