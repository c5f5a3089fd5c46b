/** Load for the storefront: requests at a steady rate, in a chosen mix. */
@NullMarked
package io.poolwatch.examples.load;

import org.jspecify.annotations.NullMarked;
