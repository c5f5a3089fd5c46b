/**
 * The misuse catalogue: rules that recognise, in the figures that the books have anyway, a pool
 * that is used against its nature, and what tells it to people, once a pool. All of it runs on the
 * agent's own thread.
 */
@NullMarked
package io.poolwatch.agent.finding;

import org.jspecify.annotations.NullMarked;
