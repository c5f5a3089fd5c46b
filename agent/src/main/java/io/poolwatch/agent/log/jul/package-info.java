/**
 * A stand-in for {@link java.util.logging.Logger}, which the packaged libraries are made to use:
 * the JVM's own would start up the service's log manager before the service can choose one.
 */
@NullMarked
package io.poolwatch.agent.log.jul;

import org.jspecify.annotations.NullMarked;
