/** The services the storefront asks over TCP, and the keyed pool of connections to them. */
@NullMarked
package io.poolwatch.examples.storefront.upstream;

import org.jspecify.annotations.NullMarked;
