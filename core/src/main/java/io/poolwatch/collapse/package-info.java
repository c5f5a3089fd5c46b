/**
 * Tells from the borrows and misses of one pool whether its hit rate has collapsed. Pure
 * arithmetic: no clock, no thread, no pool.
 */
@NullMarked
package io.poolwatch.collapse;

import org.jspecify.annotations.NullMarked;
