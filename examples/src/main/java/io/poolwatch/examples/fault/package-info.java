/** The storefront with the mistakes people make with pools, each behind a switch. */
@NullMarked
package io.poolwatch.examples.fault;

import org.jspecify.annotations.NullMarked;
