/** Reading the objects of the service where they lie, without a call of theirs. */
@NullMarked
package io.poolwatch.memory;

import org.jspecify.annotations.NullMarked;
