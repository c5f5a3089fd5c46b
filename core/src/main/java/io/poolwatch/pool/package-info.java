/**
 * The bundled pool: a cache of reusable objects modelled on Go's {@code sync.Pool}, for
 * applications to use. It depends on the JDK alone and needs no agent; what it counted is read
 * through {@link io.poolwatch.pool.ThreadLocalPool#counts()}.
 */
@NullMarked
package io.poolwatch.pool;

import org.jspecify.annotations.NullMarked;
