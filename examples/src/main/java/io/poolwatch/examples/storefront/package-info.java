/** A small web shop: a Netty HTTP server, an order table behind DBCP2, pooled serialization. */
@NullMarked
package io.poolwatch.examples.storefront;

import org.jspecify.annotations.NullMarked;
