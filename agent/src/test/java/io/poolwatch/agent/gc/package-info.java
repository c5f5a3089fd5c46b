@NullMarked
package io.poolwatch.agent.gc;

import org.jspecify.annotations.NullMarked;
