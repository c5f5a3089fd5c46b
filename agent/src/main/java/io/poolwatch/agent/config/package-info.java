/**
 * Configuration: which keys there are, where their values come from, and what is wrong with them.
 */
@NullMarked
package io.poolwatch.agent.config;

import org.jspecify.annotations.NullMarked;
