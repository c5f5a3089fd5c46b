/**
 * The agent's side of the guard: which classes are pooled, which of their methods are uses, and the
 * weaving of these into classes that are loaded already.
 */
@NullMarked
package io.poolwatch.agent.guard;

import org.jspecify.annotations.NullMarked;
