/** What the example programs share: reading options and telling their port. */
@NullMarked
package io.poolwatch.examples;

import org.jspecify.annotations.NullMarked;
