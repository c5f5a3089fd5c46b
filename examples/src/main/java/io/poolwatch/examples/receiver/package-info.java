/** A small OTLP receiver that shows the pools of the services that report to it. */
@NullMarked
package io.poolwatch.examples.receiver;

import org.jspecify.annotations.NullMarked;
