/**
 * Starts the OpenTelemetry SDK by its own autoconfiguration, on the agent's thread, when the
 * service was told where its metrics go; sees to it that nothing counted is lost, and that no
 * export ever holds the service up.
 */
@NullMarked
package io.poolwatch.agent.export;

import org.jspecify.annotations.NullMarked;
